using ApproxCluster.Search;
using ApproxCluster.Trainer;

namespace ApproxCluster.Storage;

/// <content>Checkpoints: one a trial, of its latest attempt, gone when the trial has ended. Their reports are kept as a segment's event is.</content>
internal sealed partial class SqlSweepStore
{
    /// <inheritdoc />
    public Task SaveCheckpointAsync(string sweep, CheckpointRow checkpoint, CancellationToken cancellationToken) => GuardAsync("save a checkpoint", async () =>
    {
        var reports = EventCodec.Encode(new SegmentFinished(checkpoint.Trial, checkpoint.Segment, checkpoint.Reports, false, null)).Payload;
        await using var connection = await dialect.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();

        // An ended trial has none: a late save must not leave one behind.
        command.CommandText =
            "INSERT INTO checkpoint (sweep_id, trial, attempt, segment, epochs_done, reports, data) "
            + "SELECT @sweep, @trial, @attempt, @segment, @epochs, @reports, @data "
            + "WHERE NOT EXISTS (SELECT 1 FROM trial WHERE sweep_id = @sweep AND number = @trial AND state IN ('completed', 'pruned', 'failed', 'cancelled')) "
            + "ON CONFLICT (sweep_id, trial) DO UPDATE SET attempt = excluded.attempt, segment = excluded.segment, "
            + "epochs_done = excluded.epochs_done, reports = excluded.reports, data = excluded.data "
            + "WHERE checkpoint.attempt <= excluded.attempt";
        command.Add("@sweep", sweep).Add("@trial", checkpoint.Trial).Add("@attempt", checkpoint.Attempt).Add("@segment", checkpoint.Segment)
            .Add("@epochs", checkpoint.EpochsDone).Add("@reports", reports).Add("@data", checkpoint.Data);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    });

    /// <inheritdoc />
    public async Task<CheckpointRow?> FindCheckpointAsync(string sweep, int trial, CancellationToken cancellationToken) =>
        First(await ReadAsync(
            "read a checkpoint",
            "SELECT attempt, segment, epochs_done, reports, data FROM checkpoint WHERE sweep_id = @sweep AND trial = @trial",
            reader => new CheckpointRow(
                trial,
                reader.GetInt32(0),
                reader.GetInt32(1),
                reader.GetInt32(2),
                Reports(reader.GetString(3)),
                reader.GetFieldValue<byte[]>(4)),
            cancellationToken,
            ("@sweep", sweep),
            ("@trial", trial)));

    private static IReadOnlyList<EpochReport> Reports(string payload) =>
        ((SegmentFinished)EventCodec.Decode("segment_finished", payload)).Epochs;
}
