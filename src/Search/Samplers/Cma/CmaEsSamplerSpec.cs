namespace ApproxCluster.Search;

/// <summary>
/// Covariance matrix adaptation evolution strategy (Hansen, "The CMA evolution strategy: a tutorial", arXiv:1604.00772, 2016) with active (negative) weights; with margin for
/// whole numbers and steps (Hamano et al., GECCO 2022); restarts as IPOP (Auger and Hansen, CEC 2005) or BIPOP (Hansen, GECCO 2009 workshop). Defaults follow Optuna 4.9 but for
/// the restarts, which it does not make by itself. Choices and conditional parameters are inherited beside it from the better configurations, or drawn anew.
/// </summary>
/// <param name="StartupTrials">Random configurations first, at least 0.</param>
/// <param name="Sigma">sigma_0: first standard deviation as a share of each range, above 0, at most 1.</param>
/// <param name="Population">lambda: results that close a generation, at least 4; null for 4 + floor(3 ln d) with d parameters.</param>
/// <param name="Restart">What comes once a run has converged.</param>
/// <param name="IncreasePopulation">Factor of the population at a restart, at least 1.</param>
/// <param name="WithMargin">Whether whole numbers and steps keep a chance of 1 / (lambda d) to change.</param>
public sealed record CmaEsSamplerSpec(
    int StartupTrials = 1,
    double Sigma = 1.0 / 6,
    int? Population = null,
    CmaRestart Restart = CmaRestart.Ipop,
    int IncreasePopulation = 2,
    bool WithMargin = true) : SamplerSpec
{
    /// <summary>The sampler in sweep files.</summary>
    internal static SamplerKind Kind { get; } = new SamplerKind<CmaEsSamplerSpec>(
        new(
            "cmaes",
            "CMA-ES (Hansen 2016), active, with margin for whole numbers: strong on smooth objectives of numbers after some 30 trials for each. Choices are inherited from better ones.",
            Known.Count("n_startup_trials", "Random configurations first.", 0, 100_000, 1),
            Known.Number("sigma0", "First standard deviation as a share of each range.", 0, 1, 1.0 / 6, above: true),
            Known.Count("population_size", "Results that close a generation; left out, 4 + 3 ln(parameters).", 4, 100_000, 4) with { Default = null },
            Known.Choice(
                "restart_strategy",
                "What comes once it has converged.",
                "ipop",
                new("none", "It goes on."),
                new("ipop", "It starts elsewhere with a larger population."),
                new("bipop", "It starts elsewhere, with large and small populations in turn.")),
            Known.Count("inc_popsize", "Factor of the population at a restart.", 1, 100, 2),
            Known.Flag("with_margin", "Whole numbers and steps keep a chance to change.", true)),
        values => new(
            values.Whole("n_startup_trials"),
            values.Number("sigma0"),
            values.OptionalWhole("population_size"),
            Enum.Parse<CmaRestart>(values.Word("restart_strategy"), ignoreCase: true),
            values.Whole("inc_popsize"),
            values.Flag("with_margin")),
        spec =>
        [
            ParameterValue.Of((long)spec.StartupTrials),
            ParameterValue.Of(spec.Sigma),
            SettingValues.Of(spec.Population),
            ParameterValue.Of(spec.Restart.ToString().ToLowerInvariant()),
            ParameterValue.Of((long)spec.IncreasePopulation),
            SettingValues.Of(spec.WithMargin),
        ],
        (spec, settings) => new CmaEsSampler(spec, settings));
}

/// <summary>What CMA-ES does once it has converged.</summary>
public enum CmaRestart
{
    /// <summary>It goes on.</summary>
    None,

    /// <summary>It starts elsewhere with a larger population.</summary>
    Ipop,

    /// <summary>It starts elsewhere, with large and small populations in turn.</summary>
    Bipop,
}
