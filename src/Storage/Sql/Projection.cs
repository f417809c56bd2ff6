using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ApproxCluster.Search;

namespace ApproxCluster.Storage;

/// <summary>Brings the tables that people query up to date with events, inside the transaction that appends them. Work per event does not grow with the sweep.</summary>
internal sealed class Projection(Dialect dialect, DbConnection connection, DbTransaction transaction, string sweep, DateTimeOffset now) : IAsyncDisposable
{
    // Each statement is prepared once a batch: parsing costs more than running.
    private readonly Dictionary<string, DbCommand> prepared = new(StringComparer.Ordinal);
    private Objective? objective;

    /// <summary>Applies events in order.</summary>
    public async Task ApplyAsync(IReadOnlyList<SweepEvent> events, CancellationToken cancellationToken)
    {
        foreach (var one in events)
        {
            await ApplyAsync(one, cancellationToken);
        }
    }

    /// <summary>Inserts or replaces epochs; a wall time once known stays.</summary>
    public async Task SaveEpochsAsync(IReadOnlyList<EpochRow> epochs, CancellationToken cancellationToken)
    {
        foreach (var (trial, report, seconds) in epochs)
        {
            await RunAsync(
                "INSERT INTO epoch (sweep_id, trial, epoch, training_loss, validation_loss, training_metric, validation_metric, learning_rate, seconds) "
                + "VALUES (@sweep, @trial, @epoch, @tl, @vl, @tm, @vm, @rate, @seconds) ON CONFLICT (sweep_id, trial, epoch) DO UPDATE SET "
                + "training_loss = excluded.training_loss, validation_loss = excluded.validation_loss, training_metric = excluded.training_metric, "
                + "validation_metric = excluded.validation_metric, learning_rate = excluded.learning_rate, seconds = COALESCE(excluded.seconds, epoch.seconds)",
                cancellationToken,
                ("@trial", trial),
                ("@epoch", report.Epoch),
                ("@tl", dialect.Real(report.TrainingLoss)),
                ("@vl", dialect.Real(report.ValidationLoss)),
                ("@tm", dialect.Real(report.TrainingMetric)),
                ("@vm", dialect.Real(report.ValidationMetric)),
                ("@rate", dialect.Real(report.LearningRate)),
                ("@seconds", seconds ?? (object)Absent.Real));
        }
    }

    private Task ApplyAsync(SweepEvent one, CancellationToken cancellationToken) => one switch
    {
        TrialCreated created => CreateAsync(created, cancellationToken),
        SegmentStarted started => SetStateAsync(started.Trial, TrialState.Running, cancellationToken),
        TrialPaused paused => SetStateAsync(paused.Trial, TrialState.Paused, cancellationToken),
        SegmentFinished finished => FinishAsync(finished, cancellationToken),
        TrialEnded ended => EndAsync(ended, cancellationToken),
        TestScored scored => RunAsync(
            "UPDATE trial SET test_loss = @loss, test_metric = @metric WHERE sweep_id = @sweep AND number = @trial",
            cancellationToken,
            ("@loss", dialect.Real(scored.Loss)),
            ("@metric", dialect.Real(scored.Metric)),
            ("@trial", scored.Trial)),
        ScoringStarted => StatusAsync(SweepStatus.Scoring, cancellationToken),
        StopRequested => StatusAsync(SweepStatus.Stopping, cancellationToken),
        PauseChanged changed => StatusAsync(changed.Paused ? SweepStatus.Paused : SweepStatus.Running, cancellationToken),
        SweepEnded ended => CompleteAsync(ended.Status, cancellationToken),
        _ => Task.CompletedTask,
    };

    private async Task CreateAsync(TrialCreated created, CancellationToken cancellationToken)
    {
        await RunAsync(
            "INSERT INTO trial (sweep_id, number, configuration, replicate, state, parameters, seed) "
            + $"VALUES (@sweep, @number, @configuration, @replicate, 'queued', {dialect.Json("@parameters")}, @seed)",
            cancellationToken,
            ("@number", created.Trial),
            ("@configuration", created.Configuration),
            ("@replicate", created.Replicate),
            ("@parameters", ParametersJson(created.Parameters)),
            ("@seed", FormattableString.Invariant($"{created.Seed}")));
        await RunAsync("UPDATE sweep SET trials = trials + 1 WHERE id = @sweep", cancellationToken);
    }

    private Task SetStateAsync(int trial, TrialState state, CancellationToken cancellationToken) => RunAsync(
        "UPDATE trial SET state = @state WHERE sweep_id = @sweep AND number = @trial", cancellationToken, ("@state", Words.Of(state)), ("@trial", trial));

    private async Task FinishAsync(SegmentFinished finished, CancellationToken cancellationToken)
    {
        await SaveEpochsAsync([.. finished.Epochs.Select(report => new EpochRow(finished.Trial, report, null))], cancellationToken);
        if (finished.Epochs.Count == 0)
        {
            return;
        }

        await RunAsync(
            "UPDATE trial SET epochs_done = @epochs WHERE sweep_id = @sweep AND number = @trial",
            cancellationToken,
            ("@epochs", finished.Epochs[^1].Epoch),
            ("@trial", finished.Trial));
        objective ??= await ObjectiveAsync(cancellationToken);
        if (Leaderboard.Evaluate(finished.Epochs, objective) is not { } result)
        {
            return;
        }

        var better = objective.Maximize ? ">" : "<";
        await RunAsync(
            "UPDATE trial SET best_epoch = @epoch, value = @value, gap = @gap "
            + $"WHERE sweep_id = @sweep AND number = @trial AND (value IS NULL OR @value {better} value)",
            cancellationToken,
            ("@epoch", result.BestEpoch),
            ("@value", result.Value),
            ("@gap", dialect.Real(result.Gap)),
            ("@trial", finished.Trial));
        await RunAsync(
            $"UPDATE sweep SET best_value = @value, best_trial = @trial WHERE id = @sweep AND (best_value IS NULL OR @value {better} best_value)",
            cancellationToken,
            ("@value", result.Value),
            ("@trial", finished.Trial));
    }

    private async Task EndAsync(TrialEnded ended, CancellationToken cancellationToken)
    {
        await RunAsync(
            "UPDATE trial SET state = @state, reason = @reason, detail = @detail WHERE sweep_id = @sweep AND number = @trial",
            cancellationToken,
            ("@state", Words.Of(ended.State)),
            ("@reason", ended.Reason == FailureReason.None ? Absent.Text : Words.Of(ended.Reason)),
            ("@detail", (object?)ended.Detail?.Replace('\0', '\uFFFD') ?? Absent.Text),
            ("@trial", ended.Trial));
        await RunAsync("DELETE FROM checkpoint WHERE sweep_id = @sweep AND trial = @trial", cancellationToken, ("@trial", ended.Trial));
        await RunAsync("UPDATE sweep SET trials_ended = trials_ended + 1 WHERE id = @sweep", cancellationToken);
    }

    private Task StatusAsync(SweepStatus status, CancellationToken cancellationToken) =>
        RunAsync("UPDATE sweep SET status = @status WHERE id = @sweep", cancellationToken, ("@status", Words.Of(status)));

    /// <summary>Once a sweep: the digest is computed from what the journal really holds.</summary>
    private async Task CompleteAsync(SweepStatus status, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using (var command = connection.CreateCommand())
        {
            command.Transaction = transaction;
            command.CommandText = "SELECT payload FROM sweep_event WHERE sweep_id = @sweep AND canonical = 1 ORDER BY seq";
            command.Add("@sweep", sweep);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                hash.AppendData(Encoding.UTF8.GetBytes(reader.GetString(0) + "\n"));
            }
        }

        await RunAsync("DELETE FROM checkpoint WHERE sweep_id = @sweep", cancellationToken);
        await RunAsync(
            "UPDATE sweep SET status = @status, ended_at = @at, digest = @digest WHERE id = @sweep",
            cancellationToken,
            ("@status", Words.Of(status)),
            ("@at", dialect.Time(now)),
            ("@digest", Convert.ToHexStringLower(hash.GetHashAndReset())));
    }

    private async Task<Objective> ObjectiveAsync(CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT objective, maximize FROM sweep WHERE id = @sweep";
        command.Add("@sweep", sweep);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new Objective(reader.GetInt32(1) == 1, reader.GetString(0))
            : throw new StorageException($"{dialect.Place}: sweep {sweep} is not registered. Register it before its events.");
    }

    private async Task RunAsync(string sql, CancellationToken cancellationToken, params (string Name, object Value)[] parameters)
    {
        if (!prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = sql;
            command.Add("@sweep", sweep);
            foreach (var (name, _) in parameters)
            {
                command.Add(name, null);
            }

            prepared.Add(sql, command);
        }

        for (var place = 0; place < parameters.Length; place++)
        {
            Set(command.Parameters[place + 1], parameters[place].Value);
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void Set(DbParameter parameter, object value)
    {
        if (ReferenceEquals(value, Absent.Real) || ReferenceEquals(value, Absent.Text))
        {
            parameter.DbType = ReferenceEquals(value, Absent.Real) ? System.Data.DbType.Double : System.Data.DbType.String;
            parameter.Value = DBNull.Value;
            return;
        }

        parameter.ResetDbType();
        parameter.Value = value;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var command in prepared.Values)
        {
            await command.DisposeAsync();
        }
    }

    private static string ParametersJson(Assignment parameters)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            foreach (var (path, value) in parameters)
            {
                switch (value.Kind)
                {
                    case ParameterValueKind.Whole:
                        json.WriteNumber(path, value.Whole);
                        break;
                    case ParameterValueKind.Real:
                        json.WriteNumber(path, value.Number);
                        break;
                    default:
                        json.WriteString(path, value.Word);
                        break;
                }
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>NULLs that tell the database their type.</summary>
    private static class Absent
    {
        public static readonly object Real = new();

        public static readonly object Text = new();
    }
}
