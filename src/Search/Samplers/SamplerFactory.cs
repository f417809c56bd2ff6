namespace ApproxCluster.Search;

/// <summary>Makes samplers.</summary>
public static class SamplerFactory
{
    /// <summary>The sampler that a sweep asks for.</summary>
    public static ISampler Create(SweepSpec spec) => Create(spec.Sampler, SamplerSettings.Of(spec));

    /// <summary>A fresh sampler.</summary>
    public static ISampler Create(SamplerSpec sampler, SamplerSettings settings) => sampler switch
    {
        GaussianSamplerSpec => new GaussianSampler(settings),
        GridSamplerSpec => new GridSampler(settings.Space),
        SobolSamplerSpec => new SobolSampler(settings.Space, settings.Seed),
        RandomSamplerSpec => new RandomSampler(settings.Space, settings.Seed),
        _ => throw new ArgumentException($"Sampler is {sampler.GetType().Name}, but must be one that this version knows.", nameof(sampler)),
    };
}
