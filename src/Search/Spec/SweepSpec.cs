using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>A sweep as its file states it, checked and with every default filled in. Equal by canonical text (<see cref="SweepFile.Canonical(SweepSpec)"/>).</summary>
public sealed record SweepSpec
{
    /// <summary>Name, 1..60 letters, digits, '-', '_' or '.'.</summary>
    public required string Name { get; init; }

    /// <summary>What is approximated; null where a program trains.</summary>
    public required TargetConfiguration? Target { get; init; }

    /// <summary>The program that trains the trials; null where the built-in trainer trains networks on the target.</summary>
    public CommandSpec? Command { get; init; }

    /// <summary>What is searched.</summary>
    public required SearchSpace Space { get; init; }

    /// <summary>What is best.</summary>
    public required Objective Objective { get; init; }

    /// <summary>How configurations are chosen.</summary>
    public required SamplerSpec Sampler { get; init; }

    /// <summary>How hopeless trials are stopped.</summary>
    public required PrunerSpec Pruner { get; init; }

    /// <summary>
    /// Configurations to try, 1..1,000,000 (a grid: its cells by default); each is trained once per replicate. With a race: trials in all, further seeds of contenders included.
    /// </summary>
    public required int Trials { get; init; }

    /// <summary>Trials in flight in virtual time, 1..4096; part of the sweep's identity, not a number of cores.</summary>
    public required int Parallel { get; init; }

    /// <summary>When decisions are taken.</summary>
    public Execution Execution { get; init; } = Execution.Deterministic;

    /// <summary>Seed of everything random.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Seeds a configuration is trained under, 1..100; with a race at most.</summary>
    public required int Replicates { get; init; }

    /// <summary>How configurations come by further seeds; null: all have all <see cref="Replicates"/> at once.</summary>
    public RaceSpec? Race { get; init; }

    /// <summary>Fresh seeds, 0..100, that the best configuration and those that cannot be told apart from it are trained under at the end. Default 0.</summary>
    public int Confirm { get; init; }

    /// <summary>Whether earlier incumbents are scored on the test split too, at the end, so that overtuning is known. Default false.</summary>
    public bool Overtuning { get; init; }

    /// <summary>What is trained on, in one word: the kind of target, or <c>command</c>.</summary>
    public string TargetName => Target?.Kind ?? "command";

    /// <summary>Name of the metric beside the loss: the target's own, or what the program reports.</summary>
    public string MetricName(TargetShape shape) => Command is { } command ? ReportedNames.Short(command.Metric) : shape.Metric.Name();

    /// <summary>Seeds that every configuration is trained under.</summary>
    internal int FirstReplicates => Race?.Min ?? Replicates;

    /// <summary>Most trials that there can be, those of the confirmation included.</summary>
    internal long MostTrials => (Race is null ? (long)Trials * Replicates : Trials) + (long)SweepState.ContenderLimit * Confirm;

    /// <summary>Epochs of a trial that nothing stops, 1..1,000,000.</summary>
    public required int Epochs { get; init; }

    /// <summary>Name or identity of an earlier sweep in the same storage whose results the sampler knows from the start; null for none.</summary>
    public string? From { get; init; }

    /// <summary>Points, or parts of them, that are tried before the sampler's own.</summary>
    public IReadOnlyList<Assignment> First { get; init; } = [];

    /// <summary>What becomes of a configuration that the sampler gives again. Default: what the sampler means.</summary>
    public RepeatRule Repeats { get; init; }

    /// <inheritdoc />
    public bool Equals(SweepSpec? other) =>
        other is not null && (ReferenceEquals(this, other) || SweepFile.Canonical(this) == SweepFile.Canonical(other));

    /// <inheritdoc />
    public override int GetHashCode() => (Seed, Trials, Parallel, Replicates, Epochs).GetHashCode();
}

/// <summary>When decisions are taken.</summary>
public enum Execution
{
    /// <summary>In virtual time: the sweep is a function of its file; a result that comes early waits for its turn.</summary>
    Deterministic,

    /// <summary>When a result arrives: no slot waits, and the sweep depends on who was faster. Its journal still replays to the same digest.</summary>
    Eager,
}

/// <summary>A race of configurations over seeds: contenders get further seeds, weak ones do not.</summary>
/// <param name="Min">Seeds that every configuration gets at once, at least 1. Default 1.</param>
/// <param name="Confidence">Confidence of the test that tells two configurations apart, 0.5..0.9999. Default 0.95.</param>
/// <param name="Corrected">Whether it is that of all looks at two configurations together, not of each. Default false.</param>
public sealed record RaceSpec(int Min = 1, double Confidence = 0.95, bool Corrected = false);

/// <summary>What becomes of a configuration that the sampler gives again: all its parameters are those of an earlier one.</summary>
public enum RepeatRule
{
    /// <summary>Replicate where the sampler means its repeats so (<see cref="ISampler.WantsReplicates"/>), else Reuse.</summary>
    Auto,

    /// <summary>It is not trained again: its trials take over the results of the earlier ones, as soon as they are there.</summary>
    Reuse,

    /// <summary>It is trained under a seed of its own and counts as a further replicate of the earlier one.</summary>
    Replicate,
}

/// <summary>How configurations are chosen. What is out of its range is refused by <see cref="SamplerFactory"/> and <see cref="Tuner"/>.</summary>
public abstract record SamplerSpec;

/// <summary>Independent uniform draws (Bergstra and Bengio, "Random search for hyper-parameter optimization", JMLR 13, 2012). For any space.</summary>
public sealed record RandomSamplerSpec : SamplerSpec;

/// <summary>Every cell of a space, in the order of its parameters, last one fastest. At most 1,000,000; a continuous range needs a step, or choices in its place.</summary>
public sealed record GridSamplerSpec : SamplerSpec;

/// <summary>Scrambled Sobol points: evenly spread, best with a power of two as the number of trials.</summary>
public sealed record SobolSamplerSpec : SamplerSpec;
