using ApproxCluster.Bench.Search;
using ApproxCluster.Engine;
using ApproxCluster.Search;
using ApproxCluster.Storage;
using ApproxCluster.Trainer;

namespace ApproxCluster.Bench.Storage;

/// <summary>A sweep over ten parameters whose objective costs nothing, so that what remains is bookkeeping.</summary>
internal static class FreeSweep
{
    private const string Text = """{"target":"curve","space":{"width":8},"objective":{"minimize":"validation.loss"}}""";

    private static readonly TrialConfiguration Network = new()
    {
        Encoding = new(EncodingKind.Identity),
        HiddenWidths = [8],
        Activation = new(ActivationKind.Tanh),
        Loss = LossKind.MeanSquaredError,
        Optimizer = OptimizerConfiguration.Default(OptimizerKind.Adam, 0.001),
        BatchSize = 10,
        Epochs = 1,
    };

    private static int started;

    /// <summary>Registers and starts one.</summary>
    public static async Task<(SweepHost Host, CountingJournal Journal)> StartAsync(ISweepStore store, DurableCase measured, int trials)
    {
        var spec = new SweepSpec
        {
            Name = "free",
            Target = new TargetConfiguration("curve", new Dictionary<string, string>()),
            Space = OverheadSpace.Space(),
            Objective = new(false, "validation.loss"),
            Sampler = new RandomSamplerSpec(),
            Pruner = measured.Epochs > 1 ? new AshaPrunerSpec(1, 3) : new NoPrunerSpec(),
            Trials = trials,
            Parallel = 2 * measured.Workers * measured.Slots,
            Seed = 1,
            Replicates = 1,
            Epochs = measured.Epochs,
        };
        var parts = new SweepParts
        {
            Read = _ => spec,
            Write = _ => Text,
            Sampler = SamplerFactory.Create,
            Configure = (_, _, epochs) => Network with { Epochs = epochs },
        };
        var shape = new TargetShape(1, 1, TaskKind.Regression, MetricKind.Rmse, 100, 10, 10);
        var identity = FormattableString.Invariant($"free-{++started:x4}");
        await store.CreateSweepAsync(new SweepRow(identity, spec.Name, Text, TimeProvider.System.GetUtcNow()), CancellationToken.None);
        CountingJournal? counted = null;
        var host = await SweepHost.CreateAsync(
            new SweepInfo(identity, spec, shape),
            journal => SweepCoordinator.CreateAsync(parts, spec, shape, counted = new(journal), CancellationToken.None),
            store,
            TimeProvider.System);
        return (host, counted!);
    }

    /// <summary>The result of a lease: each trial is a little better than all before at every epoch, so that none is stopped.</summary>
    public static SegmentResult Train(Lease lease)
    {
        EpochReport[] epochs = [.. Enumerable.Range(lease.FromEpoch + 1, lease.ScoreTest ? 0 : lease.ToEpoch - lease.FromEpoch).Select(epoch => Report(lease, epoch))];
        var test = lease.ScoreTest ? new TestScore(Loss(lease, lease.ToEpoch), Loss(lease, lease.ToEpoch)) : null;
        return new(lease.Trial, lease.Attempt, lease.Segment, epochs, Test: test) { Seconds = [.. epochs.Select(epoch => (double?)(1e-3 * epoch.Epoch))] };
    }

    private static EpochReport Report(Lease lease, int epoch) => new(epoch, Loss(lease, epoch), Loss(lease, epoch), Loss(lease, epoch), Loss(lease, epoch), 0.001);

    private static double Loss(Lease lease, int epoch) => (1.0 / epoch) - (1e-6 * lease.Trial);
}
