using ApproxCluster.Search;

namespace ApproxCluster.Storage;

/// <summary>What a batch of events makes of the sweep's own row: a single UPDATE.</summary>
internal sealed class SweepChange
{
    private int trials;
    private int ended;
    private (double Value, double Violation, int Trial)? best;
    private (Cell At, Cell Digest)? end;

    /// <summary>The status it took last.</summary>
    public SweepStatus? Status { private get; set; }

    public void CountTrial() => trials++;

    public void CountEnded() => ended++;

    /// <summary>Keeps the best value; of equal ones the first.</summary>
    public void Offer(TrialResult result, int trial, Objective objective)
    {
        if (best is not { } known || objective.IsBetter(result.Value, result.Violation, known.Value, known.Violation))
        {
            best = (result.Value, result.Violation, trial);
        }
    }

    public void End(SweepStatus status, DateTimeOffset at, string digest)
    {
        Status = status;
        end = (at, digest);
    }

    /// <summary>So many trials that had ended have not; nor has the sweep.</summary>
    public void Reopen(int retried)
    {
        Status = SweepStatus.Running;
        ended -= retried;
        end = (Cell.NoTime, (string?)null);
    }

    /// <summary>Adds the statement.</summary>
    /// <param name="batch">What it joins, after those of the trials.</param>
    /// <param name="sweep">The sweep.</param>
    /// <param name="rules">What it is judged by.</param>
    public void AddTo(Batch batch, string sweep, SweepRules rules)
    {
        var update = new RowUpdate("sweep", "id = $1", sweep);
        if (trials > 0)
        {
            update.Increase("trials", trials);
        }

        if (ended != 0)
        {
            update.Increase("trials_ended", ended);
        }

        if (best is { } candidate)
        {
            // What fresh seeds confirm is no find of the search.
            var confirms = FormattableString.Invariant(
                $"EXISTS (SELECT 1 FROM trial_row WHERE sweep_id = $1 AND number = ${update.NextParameter + 2} AND role = '{SweepRules.Confirmation}')");
            update.SetIfBetter(
                rules.Objective.Maximize, "best_value", candidate.Value, ("best_violation", candidate.Violation), rules.Confirms ? confirms : null, ("best_trial", candidate.Trial));
        }

        if (Status is { } status)
        {
            update.Set("status", Words.Of(status));
        }

        if (end is { } final)
        {
            update.Set("ended_at", final.At);
            update.Set("digest", final.Digest);
        }

        update.AddTo(batch);
    }
}
