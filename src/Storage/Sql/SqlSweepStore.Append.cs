using System.Data.Common;
using System.Globalization;
using ApproxCluster.Search;

namespace ApproxCluster.Storage;

/// <content>Appending: the events and the tables that follow from them, in one transaction.</content>
internal sealed partial class SqlSweepStore
{
    /// <inheritdoc />
    public Task AppendAsync(string sweep, long firstSequence, IReadOnlyList<SweepEvent> events, CancellationToken cancellationToken) =>
        GuardAsync("append to the journal", async () =>
        {
            if (events.Count == 0)
            {
                return true;
            }

            await using var connection = await dialect.OpenAsync(cancellationToken);
            await using var transaction = await dialect.BeginWriteAsync(connection, cancellationToken);
            await CheckNoGapAsync(connection, transaction, sweep, firstSequence, cancellationToken);
            try
            {
                await InsertAsync(connection, transaction, sweep, firstSequence, events, cancellationToken);
            }
            catch (DbException error) when (dialect.IsConflict(error))
            {
                throw new JournalConflictException(
                    FormattableString.Invariant($"Journal of {sweep} has an event {firstSequence} already: another coordinator has taken over."), error);
            }

            await using var projection = new Projection(dialect, connection, transaction, sweep, time.GetUtcNow());
            await projection.ApplyAsync(events, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return true;
        });

    /// <inheritdoc />
    public Task SaveEpochsAsync(string sweep, IReadOnlyList<EpochRow> epochs, CancellationToken cancellationToken) => GuardAsync("save epochs", async () =>
    {
        await using var connection = await dialect.OpenAsync(cancellationToken);
        await using var transaction = await dialect.BeginWriteAsync(connection, cancellationToken);
        await using var projection = new Projection(dialect, connection, transaction, sweep, time.GetUtcNow());
        await projection.SaveEpochsAsync(epochs, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    });

    private static async Task CheckNoGapAsync(
        DbConnection connection, DbTransaction transaction, string sweep, long firstSequence, CancellationToken cancellationToken)
    {
        if (firstSequence == 0)
        {
            return;
        }

        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT COUNT(*) FROM sweep_event WHERE sweep_id = @sweep AND seq = @before";
        command.Add("@sweep", sweep).Add("@before", firstSequence - 1);
        if (Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture) == 0)
        {
            throw new JournalConflictException(FormattableString.Invariant(
                $"Journal of {sweep} has no event {firstSequence - 1}, so event {firstSequence} would leave a gap. Read the journal again."));
        }
    }

    private async Task InsertAsync(
        DbConnection connection, DbTransaction transaction, string sweep, long sequence, IReadOnlyList<SweepEvent> events, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText =
            "INSERT INTO sweep_event (sweep_id, seq, type, canonical, payload, at) VALUES (@sweep, @seq, @type, @canonical, @payload, @at)";
        command.Add("@sweep", sweep).Add("@seq", 0L).Add("@type", "").Add("@canonical", 0).Add("@payload", "").Add("@at", dialect.Time(time.GetUtcNow()));
        foreach (var one in events)
        {
            var (type, payload) = EventCodec.Encode(one);
            command.Parameters["@seq"].Value = sequence++;
            command.Parameters["@type"].Value = type;
            command.Parameters["@canonical"].Value = one.IsCanonical ? 1 : 0;
            command.Parameters["@payload"].Value = payload;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
