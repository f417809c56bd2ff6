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

    /// <summary>Configurations to try, 1..1,000,000 (a grid: its cells by default); each is trained once per replicate.</summary>
    public required int Trials { get; init; }

    /// <summary>Trials in flight in virtual time, 1..4096; part of the sweep's identity, not a number of cores.</summary>
    public required int Parallel { get; init; }

    /// <summary>Seed of everything random.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Seeds a configuration is trained under, 1..100.</summary>
    public required int Replicates { get; init; }

    /// <summary>Epochs of a trial that nothing stops, 1..1,000,000.</summary>
    public required int Epochs { get; init; }

    /// <inheritdoc />
    public bool Equals(SweepSpec? other) =>
        other is not null && (ReferenceEquals(this, other) || SweepFile.Canonical(this) == SweepFile.Canonical(other));

    /// <inheritdoc />
    public override int GetHashCode() => (Seed, Trials, Parallel, Replicates, Epochs).GetHashCode();
}

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
