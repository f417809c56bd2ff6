namespace ApproxCluster.Search;

/// <summary>
/// Bayesian optimization by a Gaussian process: Matern 5/2 with a length scale for each parameter, log expected improvement (under noise the knowledge gradient; log expected hypervolume improvement for two
/// objectives, ParEGO for more); of five parameters or more, half of the suggestions from a trust region while nothing gets better. For any space; the first choice up to some hundred trials.
/// </summary>
/// <param name="StartupTrials">Scrambled Sobol points first, at least 2; null for max(5, min(2 parameters, trials / 5)) (Ax's rule).</param>
public sealed record GaussianSamplerSpec(int? StartupTrials = null) : SamplerSpec
{
    /// <summary>The sampler in sweep files.</summary>
    internal static SamplerKind Kind { get; } = new SamplerKind<GaussianSamplerSpec>(
        new(
            "gp",
            "Gaussian process with log expected improvement, under noise the knowledge gradient (Matern 5/2, fitted output warp, conditional parameters in the model, a trust region around the best point where nothing gets better): fewest trials up to some hundred. For any space.",
            Known.Count("n_startup_trials", "Sobol points first; left out, twice the searched parameters, but 5 to a fifth of the trials.", 2, 100_000, 2) with { Default = null }),
        values => new(values.OptionalWhole("n_startup_trials")),
        spec => [SettingValues.Of(spec.StartupTrials)],
        (spec, settings) => new GaussianSampler(spec, settings));
}
