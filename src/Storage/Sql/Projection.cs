using ApproxCluster.Search;

namespace ApproxCluster.Storage;

/// <summary>
/// Brings the tables that people query up to date with events: one statement for each trial that they touch, each epoch, each checkpoint that goes,
/// and the sweep's own row, whatever their number. The rows become what they would by one event after another. Work does not grow with the sweep.
/// </summary>
internal sealed class Projection(string sweep, SweepRules rules)
{
    private static readonly string[] Figures = ["training_loss", "validation_loss", "training_metric", "validation_metric", "learning_rate"];

    // An epoch that was told ahead of the journal comes again with it, and is then left as it is.
    private static readonly Statement SaveEpoch = Statement.Insert(
        "epoch",
        ["sweep_id", "trial", "epoch", "training_loss", "validation_loss", "training_metric", "validation_metric", "learning_rate", "seconds"],
        " ON CONFLICT (sweep_id, trial, epoch) DO UPDATE SET "
        + "training_loss = excluded.training_loss, validation_loss = excluded.validation_loss, training_metric = excluded.training_metric, "
        + "validation_metric = excluded.validation_metric, learning_rate = excluded.learning_rate, seconds = COALESCE(excluded.seconds, epoch.seconds) WHERE "
        + string.Join(" OR ", Figures.Select(figure => $"epoch.{figure} IS DISTINCT FROM excluded.{figure}")) + " OR epoch.seconds IS DISTINCT FROM COALESCE(excluded.seconds, epoch.seconds)");

    // Epochs of quick trials are told after the journal has brought them. Even an update that changes nothing would lock each of their rows, which goes to PostgreSQL's log; the limit keeps it to one look at
    // the index for each, however many epochs there are.
    private static readonly Statement TellEpoch = new(
        SaveEpoch.Sql,
        SaveEpoch.Many!.Replace(
            Statement.Rows,
            Statement.Rows + " LEFT JOIN LATERAL (SELECT 1 AS same FROM epoch e WHERE e.sweep_id = v.c1 AND e.trial = v.c2 AND e.epoch = v.c3 AND "
            + string.Join(" AND ", Figures.Select((figure, index) => FormattableString.Invariant($"e.{figure} IS NOT DISTINCT FROM v.c{index + 4}")))
            + " AND (v.c9 IS NULL OR e.seconds = v.c9) LIMIT 1) known ON TRUE WHERE known.same IS NULL",
            StringComparison.Ordinal));

    // A trial that goes on from another begins with a copy of its checkpoint, as long as that is of the epoch; else the trial is trained from the start.
    private static readonly Statement CopyCheckpoint = new(
        "INSERT INTO checkpoint (sweep_id, trial, attempt, segment, epochs_done, reports, data) "
        + "SELECT sweep_id, $2, 1, 0, epochs_done, reports, data FROM checkpoint WHERE sweep_id = $1 AND trial = $3 AND epochs_done = $4 ON CONFLICT (sweep_id, trial) DO NOTHING");

    private static readonly Statement DropCheckpoint = new(
        "DELETE FROM checkpoint WHERE sweep_id = $1 AND trial = $2",
        $"DELETE FROM checkpoint WHERE (sweep_id, trial) IN (SELECT v.c1, v.c2 FROM {Statement.Rows})");

    private static readonly Statement DropCheckpoints = new("DELETE FROM checkpoint WHERE sweep_id = $1");

    private static readonly Statement DropScores = new("UPDATE trial_row SET test_loss = NULL, test_metric = NULL WHERE sweep_id = $1 AND (test_loss IS NOT NULL OR test_metric IS NOT NULL)");

    private readonly List<TrialChange> trials = [];
    private readonly Dictionary<int, TrialChange> changes = [];
    private readonly List<EpochRow> epochs = [];
    private readonly List<int> ended = [];
    private readonly List<(int Trial, Branch From)> branches = [];
    private readonly SweepChange whole = new();
    private bool hasEnded;
    private bool isReopened;

    /// <summary>Inserts or replaces epochs that were told, possibly after the journal brought them.</summary>
    public static void AddTold(Batch batch, string sweep, IEnumerable<EpochRow> epochs) => AddEpochs(batch, TellEpoch, sweep, epochs);

    /// <summary>Takes the next event.</summary>
    /// <param name="one">The event.</param>
    /// <param name="now">When it is journaled.</param>
    /// <param name="digest">The sweep's digest, asked for when it has ended.</param>
    public void Apply(SweepEvent one, DateTimeOffset now, string? digest)
    {
        switch (one)
        {
            case TrialCreated created:
                trials.Add(changes[created.Trial] = new TrialChange(created.Trial, created, rules.RoleOf(created.Replicate)));
                whole.CountTrial();
                if (created.From is { } branch)
                {
                    branches.Add((created.Trial, branch));
                }

                break;
            case SegmentStarted started:
                Change(started.Trial).State = TrialState.Running;
                break;
            case TrialPaused paused:
                Change(paused.Trial).State = TrialState.Paused;
                break;
            case SegmentFinished { Epochs.Count: > 0 } finished:
                Finish(finished);
                break;
            case TrialEnded over:
                Change(over.Trial).End = over;
                ended.Add(over.Trial);
                whole.CountEnded();
                break;
            case TestScored scored:
                Change(scored.Trial).Test = scored;
                break;
            case ScoringStarted:
                whole.Status = SweepStatus.Scoring;
                break;
            case StopRequested:
                whole.Status = SweepStatus.Stopping;
                break;
            case TrialsRetried retried:
                Retry(retried.Trials);
                break;
            case PauseChanged pause:
                whole.Status = pause.Paused ? SweepStatus.Paused : SweepStatus.Running;
                break;
            case SweepEnded over:
                whole.End(over.Status, now, digest!);
                hasEnded = true;
                break;
        }
    }

    /// <summary>Adds the statements that follow from all events taken, and to the journal's words what they name.</summary>
    public void AddTo(Batch batch, NewWords words)
    {
        if (isReopened)
        {
            batch.Add(DropScores, sweep);
        }

        // Like beside like: the new rows go in together.
        foreach (var trial in trials.OrderBy(trial => !trial.IsNew))
        {
            trial.AddTo(batch, sweep, rules.Objective.Maximize, words);
        }

        AddEpochs(batch, SaveEpoch, sweep, epochs);
        foreach (var (trial, from) in branches)
        {
            batch.Add(CopyCheckpoint, sweep, trial, from.Trial, from.Epoch);
        }

        foreach (var trial in ended)
        {
            batch.Add(DropCheckpoint, sweep, trial);
        }

        if (hasEnded)
        {
            batch.Add(DropCheckpoints, sweep);
        }

        whole.AddTo(batch, sweep, rules);
    }

    // Each epoch once; a wall time once known stays. In order of keys, so that no two writers wait for each other in a circle.
    private static void AddEpochs(Batch batch, Statement statement, string sweep, IEnumerable<EpochRow> epochs)
    {
        foreach (var same in epochs.GroupBy(row => (row.Trial, row.Report.Epoch)).OrderBy(group => group.Key))
        {
            var (trial, report, _) = same.Last();
            batch.Add(
                statement,
                sweep,
                trial,
                report.Epoch,
                report.TrainingLoss,
                report.ValidationLoss,
                report.TrainingMetric,
                report.ValidationMetric,
                report.LearningRate,
                same.LastOrDefault(row => row.Seconds is not null)?.Seconds);
        }
    }

    private void Finish(SegmentFinished finished)
    {
        epochs.AddRange(finished.Epochs.Select((report, index) => new EpochRow(finished.Trial, report, finished.Seconds?.ElementAtOrDefault(index))));
        var change = Change(finished.Trial);
        change.EpochsDone = finished.Epochs[^1].Epoch;
        if (Leaderboard.Evaluate(finished.Epochs, rules.Objective) is { } result)
        {
            change.Offer(result, rules.Objective);
            whole.Offer(result, finished.Trial, rules.Objective);
        }
    }

    private void Retry(IReadOnlyList<int> retried)
    {
        foreach (var trial in retried)
        {
            Change(trial).Retry();
        }

        trials.ForEach(trial => trial.Test = null);
        whole.Reopen(retried.Count);
        isReopened = true;
    }

    private TrialChange Change(int trial)
    {
        if (!changes.TryGetValue(trial, out var change))
        {
            trials.Add(changes[trial] = change = new TrialChange(trial, null));
        }

        return change;
    }
}
