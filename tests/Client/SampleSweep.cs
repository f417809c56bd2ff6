using ApproxCluster.Search;
using ApproxCluster.Trainer;

namespace ApproxCluster.Client.Tests;

/// <summary>A sweep whose trials got made-up curves: what is printed of it depends on no training.</summary>
internal static class SampleSweep
{
    public const string Text =
        """
        name: sample
        target: { kind: curve, samples: 64, validation: 32, test: 32 }
        space:
          encoding:
            choice:
              - identity
              - fourier1d: { order: { int: [1, 8] } }
          width: { int: [8, 32] }
          learning_rate: { float: [0.001, 0.1], log: true }
        pruner: { asha: { min_epochs: 3 } }
        trials: 6
        parallel: 2
        epochs: 9
        """;

    /// <summary>The sweep at its end, or after some results; or with trials that all fail.</summary>
    public static async Task<SweepState> BuildAsync(string text = Text, int results = int.MaxValue, bool fails = false)
    {
        var spec = SweepFile.Parse(text, "sample.yaml").Spec!;
        var shape = new TargetShape(1, 1, TaskKind.Regression, MetricKind.Rmse, 64, 32, 32);
        var coordinator = await SweepCoordinator.CreateAsync(spec, shape, new NoJournal(), DateTimeOffset.UnixEpoch, CancellationToken.None);
        List<SegmentResult> done = [];
        for (var count = 0; !coordinator.State.Status.IsFinal() && count < results;)
        {
            var reply = await coordinator.ExchangeAsync(new WorkerMessage("test", 1, [], done, []), DateTimeOffset.UnixEpoch, CancellationToken.None);
            done = [.. reply.Leases.Select(lease => fails ? FailureOf(lease) : ResultOf(lease))];
            count += done.Count;
        }

        return coordinator.State;
    }

    // Each in its own way.
    private static SegmentResult FailureOf(Lease lease) => new(lease.Trial, lease.Attempt, lease.Segment, [], Error: FormattableString.Invariant($"exit code {lease.Trial}")) { Output = "\u001b[1;31merror\u001b[0m:\ttoo hot\a" };

    private static SegmentResult ResultOf(Lease lease)
    {
        if (lease.ScoreTest)
        {
            return new SegmentResult(lease.Trial, lease.Attempt, lease.Segment, [], Test: new TestScore(0.125, 0.3535));
        }

        // The third trial diverges in its second epoch; the others fall, and the fifth overfits.
        var diverges = lease.Trial == 2;
        var last = diverges ? Math.Min(lease.ToEpoch, 2) : lease.ToEpoch;
        var epochs = Enumerable.Range(lease.FromEpoch + 1, last - lease.FromEpoch).Select(epoch => diverges && epoch == 2
            ? new EpochReport(epoch, double.NaN, double.NaN, double.NaN, double.NaN, 0.01)
            : Report(lease.Trial, epoch));
        return new SegmentResult(lease.Trial, lease.Attempt, lease.Segment, [.. epochs], diverges);
    }

    private static EpochReport Report(int trial, int epoch)
    {
        var training = (1.0 + (trial * 3 % 5)) / (epoch + 1);
        var validation = training + (trial == 4 ? 0.02 * epoch * epoch : 0.03);
        return new EpochReport(epoch, training, validation, Math.Round(Math.Sqrt(training), 6), Math.Round(Math.Sqrt(validation), 6), 0.01);
    }

    private sealed class NoJournal : ISweepJournal
    {
        public Task AppendAsync(long firstSequence, IReadOnlyList<SweepEvent> events, CancellationToken cancellationToken) => Task.CompletedTask;

        public IAsyncEnumerable<SweepEvent> ReadAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
