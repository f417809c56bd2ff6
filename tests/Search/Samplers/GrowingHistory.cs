using ApproxCluster.Trainer;

namespace ApproxCluster.Search.Tests;

/// <summary>
/// A history that grows as one with several trials in flight does: each configuration runs for a while, its curve growing, and then meets its fate, which may be any: completed
/// (also with NaN or infinity), pruned, paused, failed, cancelled. What happens follows from the configurations' numbers alone.
/// </summary>
/// <param name="objectives">Objectives.</param>
/// <param name="cost">Turns the cost that a point has by its hash, one of 0, 1/16 ... 15/16, so that there are ties, into another.</param>
internal sealed class GrowingHistory(int objectives = 1, Func<double, double>? cost = null)
{
    private readonly List<int> running = [];

    /// <summary>The history so far.</summary>
    public SearchHistory History { get; } = new();

    /// <summary>Adds a configuration, and goes on with those before.</summary>
    public void Add(Assignment point)
    {
        var number = History.Count;
        History.Set(new(number, point, TrialState.Running, null));
        running.Add(number);
        foreach (var one in running.ToList())
        {
            Advance(History[one], (number - one) * 3);
        }
    }

    private void Advance(Observation at, int age)
    {
        var fate = (int)(Seeds.Derive(7, "fate", at.Configuration) % 12);
        var (first, second) = (Cost(at.Parameters, 0), Cost(at.Parameters, 4));
        double[] curve = [.. Enumerable.Range(1, age).Select(epoch => first + 1.0 / epoch)];
        if (age < 3 * (fate % 4))
        {
            History.Set(at with { Cost = age == 0 ? null : first, Curve = curve });
            return;
        }

        running.Remove(at.Configuration);
        var (state, value) = fate switch
        {
            0 => (TrialState.Failed, null),
            1 => (TrialState.Completed, double.NaN),
            2 => (TrialState.Completed, double.PositiveInfinity),
            3 => (TrialState.Cancelled, null),
            4 => (TrialState.Paused, first),
            5 or 6 => (TrialState.Pruned, first),
            _ => (TrialState.Completed, (double?)first),
        };
        History.Set(at with { State = state, Cost = value, Curve = curve, Costs = objectives > 1 && value is { } known ? [known, .. Enumerable.Repeat(second, objectives - 1)] : [] });
    }

    private double Cost(Assignment point, int shift)
    {
        var value = (point.Fingerprint >> shift & 15) / 16.0;
        return cost?.Invoke(value) ?? value;
    }
}
