namespace ApproxCluster.Search;

/// <summary>Makes samplers.</summary>
public static class SamplerFactory
{
    /// <summary>The sampler that a sweep asks for.</summary>
    public static ISampler Create(SweepSpec spec) => Create(spec.Sampler, SamplerSettings.Of(spec));

    /// <summary>A fresh sampler. It gives only points that the space's rules allow.</summary>
    /// <param name="sampler">Its parameters.</param>
    /// <param name="settings">What it has to know of the search.</param>
    /// <exception cref="ArgumentException">A parameter of the sampler is out of its range (the message has every fault), or the sampler cannot search the space.</exception>
    public static ISampler Create(SamplerSpec sampler, SamplerSettings settings)
    {
        SettingFaults.ThrowIfAny(SettingFaults.Of(sampler), nameof(sampler));
        var made = Make(sampler, settings);
        var isSequence = IsSequence(sampler);
        made = settings.HasPrior && !isSequence && made is not RandomSampler ? new PriorSampler(made) : made;
        if (settings.Space.Constraints.Count > 0)
        {
            made = isSequence ? new SkippingSampler(made, settings.Space) : new RedrawingSampler(made, settings.Space, settings.Seed);
        }

        return settings.First.Count == 0 ? made : new FirstSampler(made, settings, isSequence);
    }

    /// <summary>Whether a sampler's points depend on their numbers only, so that it begins with its first one after others' points.</summary>
    internal static bool IsSequence(SamplerSpec sampler) => sampler is GridSamplerSpec or SobolSamplerSpec or HaltonSamplerSpec;

    private static ISampler Make(SamplerSpec sampler, SamplerSettings settings) => SamplerKinds.Of(sampler).Create(sampler, settings)!;
}
