namespace ApproxCluster.Search;

/// <summary>
/// The sampler of BOHB (Falkner, Klein and Hutter, "BOHB: robust and efficient hyperparameter optimization at scale", ICML 2018, section 3.2), defaults as in HpBandSter 0.7.4:
/// kernel density estimates of the best and the worst configurations at the largest epoch that enough of them have reached. To be used with a pruner that stops most trials early.
/// With several objectives the first one decides.
/// </summary>
/// <param name="MinPoints">N_min: least number of configurations in either density; at least 1, null for parameters + 1. So many and 2 must have reached an epoch.</param>
/// <param name="TopPercent">Percentage of configurations that are the best ones, 1 to 99.</param>
/// <param name="Samples">N_s: points drawn near the best ones, of which the most promising is taken, at least 1.</param>
/// <param name="RandomFraction">rho: share of random configurations, 0..1.</param>
/// <param name="BandwidthFactor">b_w: factor of the widths when points are drawn, above 0.</param>
/// <param name="MinBandwidth">Least width, as a share of the range, above 0.</param>
public sealed record BohbSamplerSpec(
    int? MinPoints = null,
    int TopPercent = 15,
    int Samples = 64,
    double RandomFraction = 1.0 / 3,
    double BandwidthFactor = 3,
    double MinBandwidth = 1e-3) : SamplerSpec
{
    /// <summary>The sampler in sweep files.</summary>
    internal static SamplerKind Kind { get; } = new SamplerKind<BohbSamplerSpec>(
        new(
            "bohb",
            "The sampler of BOHB (Falkner et al. 2018): densities of the best and the worst at the largest epoch that enough trials have reached. For use with a pruner.",
            Known.Count("min_points_in_model", "Least number of configurations in a density; left out, parameters + 1.", 1, 100_000, 1) with { Default = null },
            Known.Count("top_n_percent", "Percentage of configurations that are the best ones.", 1, 99, 15),
            Known.Count("num_samples", "Points drawn near the best ones, of which the most promising is taken.", 1, 10_000, 64),
            Known.Number("random_fraction", "Share of random configurations.", 0, 1, 1.0 / 3),
            Known.Number("bandwidth_factor", "Factor of the kernels' widths when points are drawn.", 0, 1000, 3, above: true),
            Known.Number("min_bandwidth", "Least width of a kernel, as a share of the range.", 0, 1, 1e-3, above: true)),
        values => new(
            values.OptionalWhole("min_points_in_model"),
            values.Whole("top_n_percent"),
            values.Whole("num_samples"),
            values.Number("random_fraction"),
            values.Number("bandwidth_factor"),
            values.Number("min_bandwidth")),
        spec =>
        [
            SettingValues.Of(spec.MinPoints),
            ParameterValue.Of((long)spec.TopPercent),
            ParameterValue.Of((long)spec.Samples),
            ParameterValue.Of(spec.RandomFraction),
            ParameterValue.Of(spec.BandwidthFactor),
            ParameterValue.Of(spec.MinBandwidth),
        ],
        (spec, settings) => new BohbSampler(spec, settings));
}
