using System.Data.Common;
using ApproxCluster.Search;

namespace ApproxCluster.Storage;

/// <summary>The store over ADO.NET.</summary>
internal sealed partial class SqlSweepStore(Dialect dialect, TimeProvider time) : ISweepStore
{
    private const string SweepColumns =
        "id, name, spec_text, created_at, status, ended_at, digest, trials, trials_ended, best_value, best_trial";

    private const string TrialColumns =
        "number, configuration, replicate, state, reason, detail, parameters, seed, epochs_done, best_epoch, value, gap, test_loss, test_metric, settings, "
        + "(SELECT word FROM journal_word w WHERE w.sweep_id = trial_row.sweep_id AND w.number = keys)";

    private static readonly Statement InsertSweep = new(
        "INSERT INTO sweep (id, name, spec, spec_text, status, objective, maximize, created_at) "
        + "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING");

    internal Dialect Dialect => dialect;

    /// <inheritdoc />
    public Task MigrateAsync(CancellationToken cancellationToken) => MigrateAsync(Migrator.Scripts[^1].Number, cancellationToken);

    internal Task MigrateAsync(int upTo, CancellationToken cancellationToken) => GuardAsync("bring the schema up to date", async () =>
    {
        await using var connection = await dialect.OpenAsync(cancellationToken);
        await new Migrator(dialect, time).RunAsync(connection, upTo, cancellationToken);
        return true;
    });

    /// <inheritdoc />
    public Task<bool> CreateSweepAsync(SweepRow sweep, CancellationToken cancellationToken) => GuardAsync("register a sweep", async () =>
    {
        var objective = SweepFile.Parse(sweep.Spec, sweep.Name).Spec?.Objective ?? new Objective(false, "validation.loss");
        var batch = new Batch();
        batch.Add(
            InsertSweep,
            sweep.Id,
            sweep.Name,
            Cell.Json(sweep.Spec),
            sweep.Spec,
            Words.Of(sweep.Status),
            objective.Metric,
            objective.Maximize ? 1 : 0,
            sweep.CreatedAt);
        return await dialect.WriteAsync(batch, cancellationToken) == 1;
    });

    /// <inheritdoc />
    public async Task<SweepRow?> FindSweepAsync(string sweep, CancellationToken cancellationToken) =>
        First(await ReadAsync("read a sweep", $"SELECT {SweepColumns} FROM sweep WHERE id = @id", ReadSweep, cancellationToken, ("@id", sweep)));

    /// <inheritdoc />
    public Task<IReadOnlyList<SweepRow>> ListSweepsAsync(bool unfinishedOnly, CancellationToken cancellationToken) => ReadAsync(
        "list the sweeps",
        $"SELECT {SweepColumns} FROM sweep {(unfinishedOnly ? "WHERE ended_at IS NULL" : "")} ORDER BY created_at DESC, id",
        ReadSweep,
        cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<TrialRow>> ListTrialsAsync(string sweep, int offset, int limit, CancellationToken cancellationToken) => ReadAsync(
        "list the trials",
        $"SELECT {TrialColumns} FROM trial_row WHERE sweep_id = @id AND number >= @from ORDER BY number LIMIT @limit",
        ReadTrial,
        cancellationToken,
        ("@id", sweep),
        ("@from", offset),
        ("@limit", limit));

    /// <inheritdoc />
    public async Task<TrialRow?> FindTrialAsync(string sweep, int trial, CancellationToken cancellationToken) =>
        First(await ReadAsync(
            "read a trial",
            $"SELECT {TrialColumns} FROM trial_row WHERE sweep_id = @id AND number = @trial",
            ReadTrial,
            cancellationToken,
            ("@id", sweep),
            ("@trial", trial)));

    /// <inheritdoc />
    public Task<IReadOnlyList<EpochRow>> ListEpochsAsync(string sweep, int trial, CancellationToken cancellationToken) => ReadAsync(
        "read a trial's curves",
        "SELECT epoch, training_loss, validation_loss, training_metric, validation_metric, learning_rate, seconds "
        + "FROM epoch WHERE sweep_id = @id AND trial = @trial ORDER BY epoch",
        reader => new EpochRow(
            trial,
            new Trainer.EpochReport(
                reader.GetInt32(0), reader.RealOrNaN(1), reader.RealOrNaN(2), reader.RealOrNaN(3), reader.RealOrNaN(4), reader.RealOrNaN(5)),
            reader.RealOrNull(6)),
        cancellationToken,
        ("@id", sweep),
        ("@trial", trial));

    /// <inheritdoc />
    public ValueTask DisposeAsync() => dialect.DisposeAsync();

    private static T? First<T>(IReadOnlyList<T> rows)
        where T : class => rows.Count == 0 ? null : rows[0];

    private SweepRow ReadSweep(DbDataReader reader) =>
        new(reader.GetString(0), reader.GetString(1), reader.GetString(2), dialect.ReadTime(reader, 3))
        {
            Status = Words.Status(reader.GetString(4)),
            EndedAt = reader.IsDBNull(5) ? null : dialect.ReadTime(reader, 5),
            Digest = reader.TextOrNull(6),
            Trials = reader.GetInt32(7),
            TrialsEnded = reader.GetInt32(8),
            BestValue = reader.RealOrNull(9),
            BestTrial = reader.IntOrNull(10),
        };

    private static TrialRow ReadTrial(DbDataReader reader) => new(
        reader.GetInt32(0),
        reader.GetInt32(1),
        reader.GetInt32(2),
        Words.State(reader.GetString(3)),
        reader.TextOrNull(4) is { } reason ? Words.Reason(reason) : FailureReason.None,
        reader.TextOrNull(5),
        reader.TextOrNull(6) ?? new TrialPoint(reader.GetString(15), reader.GetString(14)).Json,
        reader.GetString(7),
        reader.GetInt32(8),
        reader.IntOrNull(9),
        reader.RealOrNull(10),
        reader.RealOrNull(11),
        reader.RealOrNull(12),
        reader.RealOrNull(13));

    private async Task<IReadOnlyList<T>> ReadAsync<T>(
        string what, string sql, Func<DbDataReader, T> read, CancellationToken cancellationToken, params (string Name, object Value)[] parameters)
    {
        var rows = new List<T>();
        await ForEachAsync(what, sql, reader => rows.Add(read(reader)), cancellationToken, parameters);
        return rows;
    }

    private async Task ForEachAsync(
        string what, string sql, Action<DbDataReader> read, CancellationToken cancellationToken, params (string Name, object Value)[] parameters) =>
        await GuardAsync(what, async () =>
        {
            await using var connection = await dialect.OpenAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, value) in parameters)
            {
                command.Add(name, value);
            }

            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                read(reader);
            }

            return true;
        });

    private async Task<T> GuardAsync<T>(string what, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (DbException error)
        {
            throw new StorageException($"{dialect.Place}: cannot {what}: {error.Message.TrimEnd('.')}. {dialect.Advice(error)}", error)
            {
                IsTransient = dialect.IsTransient(error),
            };
        }
    }
}
