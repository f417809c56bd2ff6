namespace ApproxCluster.Search;

/// <summary>Makes samplers.</summary>
public static class SamplerFactory
{
    /// <summary>The sampler that a sweep asks for.</summary>
    public static ISampler Create(SweepSpec spec) => Create(spec.Sampler, SamplerSettings.Of(spec));

    /// <summary>A fresh sampler.</summary>
    public static ISampler Create(SamplerSpec sampler, SamplerSettings settings) => SamplerKinds.Of(sampler).Create(sampler, settings)!;
}
