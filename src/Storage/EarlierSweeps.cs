using ApproxCluster.Search;

namespace ApproxCluster.Storage;

/// <summary>Finds the earlier sweep that a spec begins with.</summary>
public static class EarlierSweeps
{
    /// <summary>What the spec's <see cref="SweepSpec.From"/> found, by identity, else the newest ended sweep of that name; null where the spec names none.</summary>
    /// <exception cref="ArgumentException">There is no such sweep, it has not ended, or its objective is another one.</exception>
    public static async Task<HistoryTaken?> TakeAsync(ISweepStore store, SweepSpec spec, CancellationToken cancellationToken)
    {
        if (spec.From is not { } from)
        {
            return null;
        }

        var row = await store.FindSweepAsync(from, cancellationToken)
            ?? (await store.ListSweepsAsync(false, cancellationToken)).FirstOrDefault(other => other.Name == from && other.Status.IsFinal())
            ?? throw new ArgumentException($"from is '{from}', but must be the identity, or the name, of a sweep here that has ended. 'approx ls' lists them.");
        var earlier = new SweepState();
        await foreach (var entry in store.ReadAsync(row.Id, 0, cancellationToken))
        {
            earlier.Apply(entry.Event);
        }

        return EarlierSweep.Take(earlier, spec);
    }
}
