namespace ApproxCluster.Trainer;

/// <summary>Runs between their segments, in memory up to a bound; the least recently kept goes first (its checkpoint is saved already).</summary>
internal sealed class RunCache(long limitBytes) : IDisposable
{
    private readonly Lock gate = new();
    private readonly LinkedList<(string Sweep, int Trial, TrainingRun Run, long Bytes)> runs = [];
    private long used;

    /// <summary>Takes a trial's run out, or null.</summary>
    public TrainingRun? Take(string sweep, int trial)
    {
        lock (gate)
        {
            for (var node = runs.First; node is not null; node = node.Next)
            {
                if (node.Value.Trial == trial && node.Value.Sweep == sweep)
                {
                    runs.Remove(node);
                    used -= node.Value.Bytes;
                    return node.Value.Run;
                }
            }

            return null;
        }
    }

    /// <summary>Keeps a run.</summary>
    public void Keep(string sweep, int trial, TrainingRun run, long bytes)
    {
        lock (gate)
        {
            runs.AddLast((sweep, trial, run, bytes));
            used += bytes;
            while (used > limitBytes && runs.First is { } oldest)
            {
                runs.RemoveFirst();
                used -= oldest.Value.Bytes;
                oldest.Value.Run.Dispose();
            }
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (gate)
        {
            foreach (var kept in runs)
            {
                kept.Run.Dispose();
            }

            runs.Clear();
            used = 0;
        }
    }
}
