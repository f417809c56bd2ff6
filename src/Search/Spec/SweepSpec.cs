using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>A sweep as its file states it, checked and with every default filled in. Equal by canonical text (<see cref="SweepFile.Canonical"/>).</summary>
public sealed record SweepSpec
{
    /// <summary>Name, 1..60 letters, digits, '-', '_' or '.'.</summary>
    public required string Name { get; init; }

    /// <summary>What is approximated.</summary>
    public required TargetConfiguration Target { get; init; }

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

    /// <summary>Seeds that every configuration is trained under.</summary>
    internal int FirstReplicates => Race?.Min ?? Replicates;

    /// <summary>Most trials that there can be, those of the confirmation included.</summary>
    internal long MostTrials => (Race is null ? (long)Trials * Replicates : Trials) + (long)SweepState.ContenderLimit * Confirm;

    /// <summary>Epochs of a trial that nothing stops, 1..1,000,000.</summary>
    public required int Epochs { get; init; }

    /// <inheritdoc />
    public bool Equals(SweepSpec? other) =>
        other is not null && (ReferenceEquals(this, other) || SweepFile.Canonical(this) == SweepFile.Canonical(other));

    /// <inheritdoc />
    public override int GetHashCode() => (Seed, Trials, Parallel, Replicates, Epochs).GetHashCode();
}

/// <summary>A race of configurations over seeds: contenders get further seeds, weak ones do not.</summary>
/// <param name="Min">Seeds that every configuration gets at once, at least 1. Default 1.</param>
/// <param name="Confidence">Confidence of the test that tells two configurations apart, 0.5..0.9999. Default 0.95.</param>
public sealed record RaceSpec(int Min = 1, double Confidence = 0.95);

/// <summary>How configurations are chosen.</summary>
public abstract record SamplerSpec;

/// <summary>Independent uniform draws.</summary>
public sealed record RandomSamplerSpec : SamplerSpec;

/// <summary>Every cell of a finite space, in order of the file, last parameter fastest.</summary>
public sealed record GridSamplerSpec : SamplerSpec;

/// <summary>Scrambled Sobol points.</summary>
public sealed record SobolSamplerSpec : SamplerSpec;

/// <summary>How hopeless trials are stopped.</summary>
public abstract record PrunerSpec;

/// <summary>Every trial runs to its last epoch.</summary>
public sealed record NoPrunerSpec : PrunerSpec;

/// <summary>Asynchronous successive halving (Li et al., MLSys 2020).</summary>
/// <param name="MinEpochs">r: epochs of the first rung, at least 1.</param>
/// <param name="ReductionFactor">eta: one in so many goes on, at least 2.</param>
/// <param name="Promote">False: a trial goes on at once or is pruned (stopping variant). True: it pauses at the rung and is promoted later (algorithm 2).</param>
public sealed record AshaPrunerSpec(int MinEpochs = 1, int ReductionFactor = 3, bool Promote = false) : PrunerSpec;
