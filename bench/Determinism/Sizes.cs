using ApproxCluster.Search;
using ApproxCluster.Trainer;

namespace ApproxCluster.Bench.Determinism;

/// <summary>Trials of log-normal size: networks whose width is 100 e^(0.5 N), and curves that are made up.</summary>
internal sealed class Sizes(ulong seed) : ISampler
{
    private const double Deviation = 0.5;

    /// <inheritdoc />
    public long? Size => null;

    /// <inheritdoc />
    public Assignment? Suggest(int configuration, SearchHistory history) =>
        new([KeyValuePair.Create("width", ParameterValue.Of((long)Math.Clamp(100 * PortableMath.Exp(Deviation * Normal(seed, (ulong)configuration)), 4, 4000)))]);

    /// <summary>A standard normal number of a place in the generator's space (Box and Muller 1958).</summary>
    public static double Normal(ulong key, ulong place)
    {
        var random = new Philox(key, place);
        var radius = Math.Sqrt(-2 * PortableMath.Log(1 - random.NextDouble()));
        return radius * PortableMath.Cos(2 * Math.PI * random.NextDouble());
    }

    /// <summary>What a sweep's state takes from the file, made up.</summary>
    public static SweepParts Parts(SweepSpec spec) => new()
    {
        Read = _ => spec,
        Write = _ => "{}",
        Sampler = _ => new Sizes(spec.Seed),
        Configure = (point, _, epochs) => new TrialConfiguration
        {
            Encoding = new(EncodingKind.Identity),
            HiddenWidths = [(int)point["width"]!.Value.Whole],
            Activation = new(ActivationKind.Tanh),
            Loss = LossKind.MeanSquaredError,
            Optimizer = OptimizerConfiguration.Default(OptimizerKind.Adam, 0.001),
            BatchSize = 10,
            Epochs = epochs,
        },
    };

    /// <summary>The result of a lease: a curve that falls to a level of the trial's own.</summary>
    public static SegmentResult Train(Lease lease)
    {
        if (lease.ScoreTest)
        {
            return new(lease.Trial, lease.Attempt, lease.Segment, [], Test: new(1, 1));
        }

        var level = new Philox(lease.Seed, 0).NextDouble();
        return new(lease.Trial, lease.Attempt, lease.Segment, [.. Enumerable.Range(lease.FromEpoch + 1, lease.ToEpoch - lease.FromEpoch).Select(epoch =>
        {
            var loss = level + (0.5 + new Philox(lease.Seed, (ulong)epoch).NextDouble()) / epoch;
            return new EpochReport(epoch, loss, loss, Math.Sqrt(loss), Math.Sqrt(loss), 0.001);
        })]);
    }
}
