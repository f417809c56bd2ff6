namespace ApproxCluster.Trainer;

/// <summary>Every built-in target: its name, its options and how to open it.</summary>
public static class TargetCatalog
{
    private static readonly TargetDefinition[] Definitions =
    [
        new CsvDefinition(),
        new CurveDefinition(),
        new DigitsDefinition(),
        IdxSets.FashionMnist,
        new IdxDefinition(),
        new ImageDefinition(),
        new MandelbrotDefinition(),
        IdxSets.Mnist,
        new PointsDefinition(),
        IdxSets.SignMnist,
    ];

    /// <summary>The kinds, sorted by name, with their options.</summary>
    public static IReadOnlyList<TargetKind> Kinds { get; } =
        [.. Definitions.Select(definition => definition.Kind).OrderBy(kind => kind.Name, StringComparer.Ordinal)];

    /// <summary>The faults of a configuration, each naming the option, its value and the rule; empty when it is sound. Opens no file.</summary>
    public static IReadOnlyList<TargetFault> Check(TargetConfiguration configuration) => Read(configuration).Faults;

    /// <summary>Opens a target: reads headers, checks sizes against limits. Throws <see cref="TargetException"/>.</summary>
    /// <param name="configuration">Kind and options.</param>
    /// <param name="seed">Seed of the draws and splits, the same for all trials of a sweep.</param>
    /// <param name="dataFolder">Root that relative file options and data sets such as <c>mnist/</c> are looked up in.</param>
    public static ITarget Open(TargetConfiguration configuration, ulong seed, string dataFolder)
    {
        var (definition, options, faults) = Read(configuration);
        if (faults.Count > 0)
        {
            throw new TargetException(string.Join('\n', faults.Select(fault => fault.Message)));
        }

        return definition!.Open(options!, seed, dataFolder);
    }

    private static (TargetDefinition? Definition, TargetOptions? Options, IReadOnlyList<TargetFault> Faults) Read(TargetConfiguration configuration)
    {
        if (Definitions.FirstOrDefault(definition => definition.Kind.Name == configuration.Kind) is not { } definition)
        {
            var names = Kinds.Select(kind => kind.Name).ToArray();
            return (null, null, [new("kind", $"kind is {OptionText.Quote(configuration.Kind)}, but must be one of {string.Join(", ", names)}. "
                + $"Choose one of them.{Suggestion.For(configuration.Kind, names)}")]);
        }

        var faults = new List<TargetFault>();
        var options = TargetOptions.Read(definition.Kind, configuration.Options, faults);
        faults.AddRange(definition.CheckTogether(options));
        return (definition, options, faults);
    }
}
