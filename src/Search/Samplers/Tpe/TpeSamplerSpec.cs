namespace ApproxCluster.Search;

/// <summary>
/// Tree-structured Parzen estimator (Bergstra et al., "Algorithms for hyper-parameter optimization", NeurIPS 2011, section 4; Watanabe, arXiv:2304.11127). Follows Optuna
/// 5.0: joint estimates with neighbour-gap widths and a constant liar. Optuna 4.9's default is <c>multivariate: false</c> with <c>constant_liar: false</c>; its joint mode
/// had one width for all kernels, which is not offered.
/// </summary>
/// <param name="StartupTrials">Random configurations until so many have come to a result, at least 0.</param>
/// <param name="Candidates">Points drawn from the better ones' density of which the most promising is taken, at least 1.</param>
/// <param name="Multivariate">Whether parameters are modelled jointly instead of each alone.</param>
/// <param name="Group">
/// Whether the parameters that hang on the same choices are modelled jointly too; otherwise each of them is modelled alone. Only with <paramref name="Multivariate"/>.
/// </param>
/// <param name="ConstantLiar">Whether running trials count as bad ones, so that trials in flight keep apart.</param>
/// <param name="PriorWeight">Weight of the kernel that covers the whole range, above 0; an observation's is at most 1.</param>
/// <param name="ConsiderEndpoints">Whether a range's ends count as neighbours of the outermost observations.</param>
/// <param name="ConsiderMagicClip">Whether widths are at least the range divided by the number of kernels and 1, or by 100.</param>
public sealed record TpeSamplerSpec(
    int StartupTrials = 10,
    int Candidates = 24,
    bool Multivariate = true,
    bool Group = true,
    bool ConstantLiar = true,
    double PriorWeight = 1,
    bool ConsiderEndpoints = false,
    bool ConsiderMagicClip = true) : SamplerSpec
{
    /// <summary>The sampler in sweep files.</summary>
    internal static SamplerKind Kind { get; } = new SamplerKind<TpeSamplerSpec>(
        new(
            "tpe",
            "Tree-structured Parzen estimator (Bergstra et al. 2011) as in Optuna 5.0: tries what is likely among the best tenth and unlikely among the rest. For any space.",
            Known.Count("n_startup_trials", "Random configurations until so many have come to a result.", 0, 100_000, 10),
            Known.Count("n_ei_candidates", "Points drawn near the best ones, of which the most promising is taken.", 1, 10_000, 24),
            Known.Flag("multivariate", "Model parameters jointly. false: each alone, as Optuna 4.9 does by default.", true),
            Known.Flag("group", "With multivariate: model those that hang on the same choices jointly too. false: each of them alone.", true),
            Known.Flag("constant_liar", "Count running trials as bad ones, so that trials in flight keep apart.", true),
            Known.Number("prior_weight", "Weight of the kernel that covers the whole range; an observation's is at most 1.", 0, 1_000_000, 1, above: true),
            Known.Flag("consider_endpoints", "Count a range's ends as neighbours of the outermost observations.", false),
            Known.Flag("consider_magic_clip", "Keep kernels at least as wide as the range divided by their number and 1, or by 100.", true)),
        values => new(
            values.Whole("n_startup_trials"),
            values.Whole("n_ei_candidates"),
            values.Flag("multivariate"),
            values.Flag("group"),
            values.Flag("constant_liar"),
            values.Number("prior_weight"),
            values.Flag("consider_endpoints"),
            values.Flag("consider_magic_clip")),
        spec =>
        [
            ParameterValue.Of((long)spec.StartupTrials),
            ParameterValue.Of((long)spec.Candidates),
            SettingValues.Of(spec.Multivariate),
            SettingValues.Of(spec.Group),
            SettingValues.Of(spec.ConstantLiar),
            ParameterValue.Of(spec.PriorWeight),
            SettingValues.Of(spec.ConsiderEndpoints),
            SettingValues.Of(spec.ConsiderMagicClip),
        ],
        (spec, settings) => new TpeSampler(spec, settings));
}
