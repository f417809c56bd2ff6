namespace ApproxCluster.Search;

/// <summary>Chooses configurations. A suggestion is a pure function of (space, seed, number, history): no state of its own that a restart could lose.</summary>
public interface ISampler
{
    /// <summary>Configurations there are in all, for a finite sampler; null when it never ends.</summary>
    long? Size { get; }

    /// <summary>The configuration with a number, or null when there is none left.</summary>
    /// <param name="configuration">Zero-based number.</param>
    /// <param name="history">
    /// What is known by then: every configuration chosen before, in order of its number, which is the order of virtual time. The same list
    /// grows with the sweep and its entries are replaced as their trials end; it must not be kept.
    /// </param>
    Assignment? Suggest(int configuration, IReadOnlyList<Observation> history);
}

/// <summary>A configuration that a sampler has chosen before, and what came of it so far.</summary>
/// <param name="Configuration">Its number.</param>
/// <param name="Parameters">Its point.</param>
/// <param name="State">State of its trials, the least finished one.</param>
/// <param name="Value">Objective, mean over replicates at their best epochs; null when not known or failed.</param>
public sealed record Observation(int Configuration, Assignment Parameters, TrialState State, double? Value);

/// <summary>Makes samplers.</summary>
public static class SamplerFactory
{
    /// <summary>The sampler that a spec asks for.</summary>
    public static ISampler Create(SweepSpec spec) => spec.Sampler switch
    {
        GridSamplerSpec => new GridSampler(spec.Space),
        SobolSamplerSpec => new SobolSampler(spec.Space, spec.Seed),
        RandomSamplerSpec => new RandomSampler(spec.Space, spec.Seed),
        _ => throw new ArgumentOutOfRangeException(nameof(spec), spec.Sampler, "Unknown sampler."),
    };
}
