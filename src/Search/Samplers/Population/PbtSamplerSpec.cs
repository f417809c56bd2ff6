namespace ApproxCluster.Search;

/// <summary>
/// Population-based training (Jaderberg et al., "Population based training of neural networks", arXiv:1711.09846, 2017), in generations: a population trains for an interval; then whoever is among
/// its worst ends, and a trial that goes on from the weights of one of its best, with changed parameters, takes the place. For sweeps only, as a <see cref="Tuner"/> has no weights. So a sweep finds a schedule of
/// parameters, not one value of each. What decides the network stays as it was drawn at random in the beginning.
/// <para>
/// The paper's exploit is "truncation selection" here; its explore is both of "perturb" and "resample". Ray Tune's names are quantile_fraction, resample_probability and
/// perturbation_interval, its factors 1.2 and 0.8; here a factor and its inverse, so that a walk has no drift in the logarithm.
/// </para>
/// </summary>
/// <param name="Population">Trials that train at a time, at least 2; so many random configurations come first.</param>
/// <param name="Interval">Epochs of a generation, at least 1.</param>
/// <param name="Quantile">Share of the population, above 0 to 0.5, that is replaced, and that is copied; at least one trial.</param>
/// <param name="Perturb">Numbers are multiplied by it or divided by it, above 1.</param>
/// <param name="Resample">Chance, 0..1, that a parameter is drawn anew instead.</param>
public sealed record PbtSamplerSpec(int Population = 10, int Interval = 5, double Quantile = 0.25, double Perturb = 1.2, double Resample = 0.25) : SamplerSpec
{
    /// <summary>The sampler in sweep files.</summary>
    internal static SamplerKind Kind { get; } = new SamplerKind<PbtSamplerSpec>(
        new(
            "pbt",
            "Population-based training (Jaderberg et al. 2017): at intervals the worst trials are replaced by ones that go on from the weights of the best, with changed learning rate and the like.",
            Known.Count("population", "Trials that train at a time; so many random configurations come first.", 2, 100_000, 10),
            Known.Count("interval", "Epochs between two replacements.", 1, 1_000_000, 5),
            Known.Number("quantile", "Share of the population that is replaced each time, and that is copied; at least one trial.", 0, 0.5, 0.25, above: true),
            Known.Number("perturb", "Numbers are multiplied or divided by it.", 1, 100, 1.2, above: true),
            Known.Number("resample", "Chance that a parameter is drawn anew instead.", 0, 1, 0.25)),
        values => new(values.Whole("population"), values.Whole("interval"), values.Number("quantile"), values.Number("perturb"), values.Number("resample")),
        spec =>
        [
            ParameterValue.Of((long)spec.Population), ParameterValue.Of((long)spec.Interval), ParameterValue.Of(spec.Quantile), ParameterValue.Of(spec.Perturb),
            ParameterValue.Of(spec.Resample),
        ],
        (_, settings) => new RandomSampler(settings.Space, settings.Seed));

    /// <summary>Trials that are replaced, and that are copied, at an interval.</summary>
    internal int Share => Math.Max(1, (int)(Quantile * Population));

    /// <summary>Trials there are if at each interval the worst are replaced and none fails.</summary>
    internal long Trials(long epochs) => Population + Math.Max(0, (epochs - 1) / Interval) * Share;
}
