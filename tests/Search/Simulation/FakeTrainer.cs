using ApproxCluster.Trainer;

namespace ApproxCluster.Search.Tests;

/// <summary>Curves that are a function of configuration and seed; a few trials diverge, a few meet an error.</summary>
internal static class FakeTrainer
{
    public static SegmentResult Run(Lease lease)
    {
        var x = lease.Configuration.Optimizer.LearningRate;
        if (lease.ScoreTest)
        {
            return new(lease.Trial, lease.Attempt, lease.Segment, [], Test: new(Report(lease, lease.ToEpoch).ValidationLoss * 1.1, x));
        }

        if (x is > 0.9 and < 0.92)
        {
            return new(lease.Trial, lease.Attempt, lease.Segment, [], Error: "out of range");
        }

        var epochs = new List<EpochReport>();
        for (var epoch = lease.FromEpoch + 1; epoch <= lease.ToEpoch; epoch++)
        {
            var report = Report(lease, epoch);
            epochs.Add(report);
            if (!report.IsFinite)
            {
                return new(lease.Trial, lease.Attempt, lease.Segment, epochs, Diverged: true);
            }
        }

        return new(lease.Trial, lease.Attempt, lease.Segment, epochs);
    }

    private static EpochReport Report(Lease lease, int epoch)
    {
        var random = new Philox(lease.Seed, (ulong)epoch);
        var x = lease.Configuration.Optimizer.LearningRate;
        var loss = x > 0.95 && epoch > 3 ? double.NaN : (x - 0.3) * (x - 0.3) + (1 + random.NextDouble()) / (epoch + 1);
        return new(epoch, loss * 0.9, loss, Math.Sqrt(loss * 0.9), Math.Sqrt(loss), x);
    }
}
