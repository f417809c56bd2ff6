namespace ApproxCluster.Search;

/// <summary>
/// The sampler for those who do not choose one: a Gaussian process (<see cref="GaussianSamplerSpec"/>) for up to 500 configurations and 100 searched parameters, TPE (<see cref="TpeSamplerSpec"/>) beyond; where a pruner
/// stops most trials, BOHB's densities (<see cref="BohbSamplerSpec"/>) with turns of a Gaussian process over learning curves. For any space.
/// </summary>
public sealed record AutoSamplerSpec : SamplerSpec
{
    /// <summary>The sampler in sweep files.</summary>
    internal static SamplerKind Kind { get; } = new SamplerKind<AutoSamplerSpec>(
        new("auto", "Picks by itself: gp while there are few trials, tpe for long searches and for very many parameters, bohb, with turns of a gp over learning curves, where a pruner ends most trials. For any space."),
        _ => new(),
        _ => [],
        (_, settings) => new AutoSampler(settings));
}
