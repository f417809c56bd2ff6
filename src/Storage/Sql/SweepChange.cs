using ApproxCluster.Search;

namespace ApproxCluster.Storage;

/// <summary>What a batch of events makes of the sweep's own row: a single UPDATE.</summary>
internal sealed class SweepChange
{
    private int trials;
    private int ended;
    private (double Value, int Trial)? best;
    private (Cell At, string Digest)? end;

    /// <summary>The status it took last.</summary>
    public SweepStatus? Status { private get; set; }

    public void CountTrial() => trials++;

    public void CountEnded() => ended++;

    /// <summary>Keeps the best value; of equal ones the first.</summary>
    public void Offer(double value, int trial, Objective objective)
    {
        if (best is null || objective.IsBetter(value, best.Value.Value))
        {
            best = (value, trial);
        }
    }

    public void End(SweepStatus status, DateTimeOffset at, string digest)
    {
        Status = status;
        end = (at, digest);
    }

    public void AddTo(Batch batch, string sweep, bool maximize)
    {
        var update = new RowUpdate("sweep", "id = $1", sweep);
        if (trials > 0)
        {
            update.Increase("trials", trials);
        }

        if (ended > 0)
        {
            update.Increase("trials_ended", ended);
        }

        if (best is { } candidate)
        {
            update.SetIfBetter(maximize, "best_value", candidate.Value, ("best_trial", candidate.Trial));
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
