namespace ApproxCluster.Search;

/// <summary>What a sampler has to know of a search beside its own parameters.</summary>
public sealed record SamplerSettings
{
    /// <summary>What is searched.</summary>
    public required SearchSpace Space { get; init; }

    /// <summary>Seed of everything random: equal seeds give equal searches, bit for bit, on every machine.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Configurations that will be tried, at least 1; a hint. Default 100.</summary>
    public int Budget { get; init; } = 100;

    /// <summary>Trials in flight, at least 1; a hint. Default 1.</summary>
    public int Parallel { get; init; } = 1;

    /// <summary>Objectives, at least 1. Default 1.</summary>
    public int Objectives { get; init; } = 1;

    /// <summary>Epochs of a trial that nothing stops, at least 1; more than 1 where curves are reported. Default 1.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>Points, or parts of them, that are tried before the sampler's own; what a part leaves open, the sampler fills in. Default none.</summary>
    public IReadOnlyList<Assignment> First { get; init; } = [];

    /// <summary>Whether the history begins with observations of an earlier search; default false.</summary>
    public bool HasPrior { get; init; }

    /// <summary>
    /// Whether outcomes are noisy and a point that is given again will be tried under another seed; default false. Samplers that know how to make use of that then give points again on purpose, to be
    /// surer of them.
    /// </summary>
    public bool MayRepeat { get; init; }

    /// <summary>Those of a sweep.</summary>
    public static SamplerSettings Of(SweepSpec spec) => new()
    {
        Space = spec.Space,
        Seed = spec.Seed,
        Budget = spec.Trials,
        Parallel = spec.Parallel,
        Objectives = spec.Objective.Count,
        Epochs = spec.Epochs,
        First = spec.First,
        HasPrior = spec.From is not null,

        // A race gives further seeds by its own rule.
        MayRepeat = spec.Repeats == RepeatRule.Replicate && spec.Race is null,
    };
}
