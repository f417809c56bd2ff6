namespace ApproxCluster.Search;

/// <summary>Makes pruners.</summary>
public static class PrunerFactory
{
    /// <summary>A fresh pruner as a sweep asks for it.</summary>
    public static IPruner Create(SweepSpec spec) => spec.Sampler is PbtSamplerSpec population
        ? new PopulationPruner(population, PrunerSettings.Of(spec), spec.Seed, spec.Trials)
        : Create(spec.Pruner, PrunerSettings.Of(spec));

    /// <summary>A fresh pruner.</summary>
    /// <param name="pruner">Its parameters.</param>
    /// <param name="settings">What it has to know of the search.</param>
    /// <exception cref="ArgumentException">A parameter is out of its range (the message has every fault), or pruners cannot work together.</exception>
    public static IPruner Create(PrunerSpec pruner, PrunerSettings settings)
    {
        SettingFaults.ThrowIfAny(SettingFaults.Of(pruner), nameof(pruner));
        return Make(pruner, settings);
    }

    private static IPruner Make(PrunerSpec pruner, PrunerSettings settings) => pruner switch
    {
        NoPrunerSpec => new NoPruner(settings.Epochs),
        AshaPrunerSpec asha when settings.Objectives > 1 => new ParetoAshaPruner(asha, settings.Epochs),
        AshaPrunerSpec asha => new AshaPruner(asha, settings.Epochs),
        ShaPrunerSpec sha => new ShaPruner(sha, settings.Epochs, settings.Objectives),
        HyperbandPrunerSpec hyperband => new HyperbandPruner(hyperband, settings.Epochs, settings.Objectives),
        MedianPrunerSpec median => new PercentilePruner(median.AsPercentile, settings.Epochs, settings.Objectives),
        PercentilePrunerSpec percentile => new PercentilePruner(percentile, settings.Epochs, settings.Objectives),
        PatiencePrunerSpec patience => new PatiencePruner(patience, patience.Wrapped is { } wrapped ? Make(wrapped, settings) : null, settings.Epochs),
        ThresholdPrunerSpec threshold => new ThresholdPruner(threshold, settings),
        WilcoxonPrunerSpec wilcoxon => new WilcoxonPruner(wilcoxon, settings.Epochs, settings.Objectives),
        GapPrunerSpec gap => new GapPruner(gap, settings.Epochs),
        CurvePrunerSpec curve => new CurvePruner(curve, settings.Epochs, settings.Objectives),
        AnyPrunerSpec any => new AnyPruner([.. any.Pruners.Select(part => (part.Pauses, Make(part, settings)))]),
        _ => throw new ArgumentException($"Pruner is {pruner.GetType().Name}, but must be one that this version knows.", nameof(pruner)),
    };
}
