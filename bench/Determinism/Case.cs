using ApproxCluster.Search;
using ApproxCluster.Trainer;

namespace ApproxCluster.Bench.Determinism;

/// <summary>What is simulated: a sweep on 16 slots of different speeds.</summary>
/// <param name="Spread">The fastest slot's speed over the slowest one's; speeds lie evenly in the logarithm.</param>
/// <param name="Surprise">Standard deviation of the logarithm of what virtual time cannot know of a segment's duration.</param>
/// <param name="Pruner">none, asha or promote.</param>
/// <param name="Execution">When decisions are taken.</param>
/// <param name="Parallel">Trials in flight.</param>
/// <param name="Seed">Seed of the trials' sizes and surprises.</param>
internal sealed record Case(double Spread, double Surprise, string Pruner, Execution Execution, int Parallel, ulong Seed)
{
    /// <summary>Slots.</summary>
    public const int Slots = 16;

    /// <summary>Configurations to try.</summary>
    public const int Trials = 600;

    private const int Epochs = 27;

    /// <summary>Sizes of a target; their product with the width makes a trial's operations.</summary>
    public static TargetShape Shape { get; } = new(2, 1, TaskKind.Regression, MetricKind.Rmse, 1000, 500, 500);

    /// <summary>The sweep.</summary>
    public SweepSpec Spec => new()
    {
        Name = "idle",
        Target = new("curve", new Dictionary<string, string>()),
        Space = new([]),
        Objective = new(false, ObjectiveValues.ValidationLoss),
        Sampler = new RandomSamplerSpec(),
        Pruner = Pruner switch
        {
            "asha" => new AshaPrunerSpec(1, 3),
            "promote" => new AshaPrunerSpec(1, 3, Promote: true),
            _ => new NoPrunerSpec(),
        },
        Trials = Trials,
        Parallel = Parallel,
        Execution = Execution,
        Seed = Seed,
        Replicates = 1,
        Epochs = Epochs,
    };

    /// <summary>Speed of a slot, in virtual operations a second.</summary>
    public double Speed(int slot) => PortableMath.Exp(PortableMath.Log(Spread) * slot / (Slots - 1));
}
