namespace ApproxCluster.Search;

/// <summary>
/// Scrambled Halton points (Halton, Numerische Mathematik 2, 1960; scrambled as in Owen, "A randomized Halton algorithm in R", arXiv:1706.02808, 2017): evenly spread whatever
/// the number of trials; less so than Sobol points with many parameters.
/// </summary>
public sealed record HaltonSamplerSpec : SamplerSpec
{
    /// <summary>The sampler in sweep files.</summary>
    internal static SamplerKind Kind { get; } = new SamplerKind<HaltonSamplerSpec>(
        new("halton", "Scrambled Halton points (Owen 2017): evenly spread, whatever the number of trials; better than sobol with few parameters only."),
        _ => new(),
        _ => [],
        (_, settings) => new HaltonSampler(settings.Space, settings.Seed));
}
