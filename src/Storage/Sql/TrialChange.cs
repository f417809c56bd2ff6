using ApproxCluster.Search;

namespace ApproxCluster.Storage;

/// <summary>What a batch of events makes of one trial: a single INSERT or UPDATE of its row.</summary>
internal sealed class TrialChange(int number, TrialCreated? created, string role = "search")
{
    private static readonly Statement Insert = Statement.Insert(
        "trial_row",
        [
            "sweep_id", "number", "configuration", "replicate", "keys", "settings", "parameters", "seed", "state", "reason", "detail", "epochs_done", "best_epoch", "value", "gap", "test_loss",
            "test_metric", "violation", "role",
        ]);

    private TrialEnded? end;
    private TrialResult? best;
    private bool isRetried;

    /// <summary>Whether its row is a new one.</summary>
    public bool IsNew => created is not null;

    /// <summary>The state it entered last.</summary>
    public TrialState? State { private get; set; }

    /// <summary>Epochs trained so far.</summary>
    public int? EpochsDone { private get; set; }

    /// <summary>Its score on the test split.</summary>
    public TestScored? Test { private get; set; }

    /// <summary>The event that ended it.</summary>
    public TrialEnded End
    {
        set
        {
            end = value;
            State = value.State;
        }
    }

    /// <summary>It has failed and is run again.</summary>
    public void Retry()
    {
        (end, isRetried) = (null, true);
        State = TrialState.Queued;
    }

    /// <summary>Keeps the best result; of equal ones the first.</summary>
    public void Offer(TrialResult result, Objective objective)
    {
        if (best is null || objective.IsBetter(result.Value, result.Violation, best.Value, best.Violation))
        {
            best = result;
        }
    }

    /// <summary>Adds the statement.</summary>
    /// <param name="batch">What it joins.</param>
    /// <param name="sweep">The sweep.</param>
    /// <param name="maximize">Whether larger is better.</param>
    /// <param name="words">The journal's words, which take up the names of the parameters.</param>
    public void AddTo(Batch batch, string sweep, bool maximize, NewWords words)
    {
        if (created is null)
        {
            Update(sweep, maximize).AddTo(batch);
            return;
        }

        var point = TrialPoint.Of(created.Parameters);
        var hasKeys = words.TryShape(point.Keys, out var keys);
        batch.Add(
            Insert,
            sweep,
            number,
            created.Configuration,
            created.Replicate,
            hasKeys ? keys : (int?)null,
            hasKeys ? point.Settings : null,
            Cell.Json(hasKeys ? null : point.Json),
            FormattableString.Invariant($"{created.Seed}"),
            Words.Of(State ?? TrialState.Queued),
            Reason,
            Detail,
            EpochsDone ?? created.From?.Epoch ?? 0,
            best?.BestEpoch,
            best?.Value,
            best?.Gap,
            Test?.Loss,
            Test?.Metric,
            best?.Violation ?? 0,
            role);
    }

    private string? Reason => end is null or { Reason: FailureReason.None } ? null : Words.Of(end.Reason);

    // PostgreSQL's text has no NUL.
    private string? Detail => end?.Detail?.Replace('\0', '\uFFFD');

    private RowUpdate Update(string sweep, bool maximize)
    {
        var update = new RowUpdate("trial_row", "sweep_id = $1 AND number = $2", sweep, number);
        if (State is { } state)
        {
            update.Set("state", Words.Of(state));
        }

        if (end is not null || isRetried)
        {
            update.Set("reason", Reason);
            update.Set("detail", Detail);
        }

        if (EpochsDone is { } epochs)
        {
            update.Set("epochs_done", epochs);
        }

        if (best is not null)
        {
            update.SetIfBetter(maximize, "value", best.Value, ("violation", best.Violation), unless: null, ("best_epoch", best.BestEpoch), ("gap", best.Gap));
        }

        if (Test is not null)
        {
            update.Set("test_loss", Test.Loss);
            update.Set("test_metric", Test.Metric);
        }

        return update;
    }
}
