using ApproxCluster.Trainer;

namespace ApproxCluster.Search.Tests;

/// <summary>Curves that are a function of configuration and seed; a few trials diverge, a few meet an error.</summary>
internal static class FakeTrainer
{
    public static SegmentResult Run(Lease lease) => Run(lease, noise: 0);

    /// <summary>With noise of its own for each configuration, so that seeds in common do not tell configurations apart at once.</summary>
    public static SegmentResult RunNoisy(Lease lease) => Run(lease, noise: 0.05);

    private static SegmentResult Run(Lease lease, double noise)
    {
        var x = Rate(lease);
        if (lease.ScoreTest)
        {
            return new(lease.Trial, lease.Attempt, lease.Segment, [], Test: new(Report(lease, lease.ToEpoch, noise).ValidationLoss * 1.1, x));
        }

        if (x is > 0.9 and < 0.92)
        {
            return new(lease.Trial, lease.Attempt, lease.Segment, [], Error: "out of range");
        }

        var epochs = new List<EpochReport>();
        var (last, end) = EndOf(lease, x);
        for (var epoch = lease.FromEpoch + 1; epoch <= Math.Min(lease.ToEpoch, last); epoch++)
        {
            var report = Report(lease, epoch, noise);
            epochs.Add(report);
            if (!double.IsFinite(report.ValidationLoss))
            {
                return new(lease.Trial, lease.Attempt, lease.Segment, epochs, Diverged: true);
            }
        }

        return new(lease.Trial, lease.Attempt, lease.Segment, epochs) { End = last < lease.ToEpoch ? end : EarlyEnd.None };
    }

    private static double Rate(Lease lease) => lease.Configuration?.Optimizer.LearningRate ?? lease.Parameters!.Number("learning_rate");

    // Some programs end by themselves.
    private static (int Last, EarlyEnd End) EndOf(Lease lease, double x) =>
        lease.Parameters is null ? (int.MaxValue, EarlyEnd.None) : x is > 0.45 and < 0.6 ? (5, EarlyEnd.Completed) : x is > 0.6 and < 0.7 ? (4, EarlyEnd.Pruned) : (int.MaxValue, EarlyEnd.None);

    private static EpochReport Report(Lease lease, int epoch, double noise)
    {
        var random = new Philox(lease.Seed, (ulong)epoch);
        var x = Rate(lease);
        var loss = x > 0.95 && epoch > 3 ? double.NaN : (x - 0.3) * (x - 0.3) + (1 + random.NextDouble()) / (epoch + 1);
        loss += noise == 0 ? 0 : noise * new Philox(lease.Seed, (ulong)BitConverter.DoubleToInt64Bits(x)).NextDouble();
        return new(epoch, loss * 0.9, loss, Math.Sqrt(loss * 0.9), Math.Sqrt(loss), x) { Figures = lease.Parameters is null ? null : [loss * 1.1, double.NaN] };
    }
}
