namespace ApproxCluster.Search;

/// <summary>How children come from parents; defaults are those of Optuna 4.9's NSGA samplers.</summary>
/// <param name="Population">Results that close a generation, at least 2.</param>
/// <param name="CrossoverProbability">Chance, 0..1, that a child has two parents.</param>
/// <param name="SwappingProbability">With uniform crossover, chance, 0..1, that a value comes from the second one.</param>
/// <param name="MutationProbability">Chance, 0..1, that a value is drawn anew; null for 1 / parameters.</param>
/// <param name="Crossover">How two parents are joined.</param>
public sealed record GeneticSettings(
    int Population = 50,
    double CrossoverProbability = 0.9,
    double SwappingProbability = 0.5,
    double? MutationProbability = null,
    GeneticCrossover Crossover = GeneticCrossover.Uniform)
{
    internal static IReadOnlyList<KnownParameter> Known { get; } =
    [
        Search.Known.Count("population_size", "Results that close a generation.", 2, 100_000, 50),
        Search.Known.Number("crossover_prob", "Chance that a child has two parents.", 0, 1, 0.9),
        Search.Known.Number("swapping_prob", "With uniform crossover, chance that a value comes from the second parent.", 0, 1, 0.5),
        Search.Known.Number("mutation_prob", "Chance that a value is drawn anew; left out, 1 / parameters.", 0, 1, null),
        Search.Known.Choice(
            "crossover",
            "How two parents are joined.",
            "uniform",
            new("uniform", "Each value comes from either of them."),
            new("sbx", "Simulated binary: numbers spread about the parents' (eta 2, with several objectives 20).")),
    ];

    internal static GeneticSettings Read(SettingValues values) => new(
        values.Whole("population_size"),
        values.Number("crossover_prob"),
        values.Number("swapping_prob"),
        values.OptionalNumber("mutation_prob"),
        values.Word("crossover") == "sbx" ? GeneticCrossover.Sbx : GeneticCrossover.Uniform);

    internal IReadOnlyList<ParameterValue?> Write() =>
    [
        ParameterValue.Of((long)Population),
        ParameterValue.Of(CrossoverProbability),
        ParameterValue.Of(SwappingProbability),
        SettingValues.Of(MutationProbability),
        ParameterValue.Of(Crossover == GeneticCrossover.Sbx ? "sbx" : "uniform"),
    ];
}

/// <summary>How two parents are joined.</summary>
public enum GeneticCrossover
{
    /// <summary>Each value comes from either of them.</summary>
    Uniform,

    /// <summary>Simulated binary crossover.</summary>
    Sbx,
}

/// <summary>Non-dominated sorting genetic algorithm (Deb et al., "A fast and elitist multiobjective genetic algorithm: NSGA-II", IEEE TEC 6(2), 2002), with Optuna 4.9's operators.</summary>
/// <param name="Genetic">How children come from parents.</param>
public sealed record Nsga2SamplerSpec(GeneticSettings Genetic) : SamplerSpec
{
    /// <summary>With all defaults.</summary>
    public Nsga2SamplerSpec()
        : this(new GeneticSettings())
    {
    }

    /// <summary>The sampler in sweep files.</summary>
    internal static SamplerKind Kind { get; } = new SamplerKind<Nsga2SamplerSpec>(
        new("nsga2", "NSGA-II (Deb et al. 2002): a genetic algorithm for several objectives, also for one. Takes hundreds of trials.", GeneticSettings.Known),
        values => new(GeneticSettings.Read(values)),
        spec => spec.Genetic.Write(),
        (spec, settings) => new NsgaSampler(spec.Genetic, null, settings));
}

/// <summary>NSGA-III (Deb and Jain, IEEE TEC 18(4), 2014) for three and more objectives; with one it is NSGA-II.</summary>
/// <param name="Genetic">How children come from parents.</param>
/// <param name="DividingParameter">p: parts that each axis of the reference directions is divided in, 1..20.</param>
public sealed record Nsga3SamplerSpec(GeneticSettings Genetic, int DividingParameter = 3) : SamplerSpec
{
    /// <summary>With all defaults.</summary>
    public Nsga3SamplerSpec()
        : this(new GeneticSettings())
    {
    }

    /// <summary>The sampler in sweep files.</summary>
    internal static SamplerKind Kind { get; } = new SamplerKind<Nsga3SamplerSpec>(
        new(
            "nsga3",
            "NSGA-III (Deb and Jain 2014): as nsga2, keeping individuals near evenly placed directions; for three and more objectives.",
            [.. GeneticSettings.Known, Known.Count("dividing_parameter", "Parts that each axis of the directions is divided in.", 1, 20, 3)]),
        values => new(GeneticSettings.Read(values), values.Whole("dividing_parameter")),
        spec => [.. spec.Genetic.Write(), ParameterValue.Of((long)spec.DividingParameter)],
        (spec, settings) => new NsgaSampler(spec.Genetic, spec.DividingParameter, settings));
}
