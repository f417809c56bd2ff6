namespace ApproxCluster.Search;

/// <summary>Makes samplers.</summary>
public static class SamplerFactory
{
    /// <summary>The sampler that a sweep asks for.</summary>
    public static ISampler Create(SweepSpec spec) => Create(spec.Sampler, SamplerSettings.Of(spec));

    /// <summary>A fresh sampler. It gives only points that the space's rules allow.</summary>
    public static ISampler Create(SamplerSpec sampler, SamplerSettings settings)
    {
        var made = Make(sampler, settings);
        var isSequence = made is GridSampler or SobolSampler or HaltonSampler;
        made = settings.HasPrior && !isSequence && made is not RandomSampler ? new PriorSampler(made) : made;
        if (settings.Space.Constraints.Count > 0)
        {
            made = isSequence ? new SkippingSampler(made, settings.Space) : new RedrawingSampler(made, settings.Space, settings.Seed);
        }

        return settings.First.Count == 0 ? made : new FirstSampler(made, settings, isSequence);
    }

    private static ISampler Make(SamplerSpec sampler, SamplerSettings settings) => SamplerKinds.Of(sampler).Create(sampler, settings)!;
}
