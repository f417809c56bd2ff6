namespace ApproxCluster.Search;

/// <summary>Reads <c>trainer</c>: the program that trains the trials.</summary>
internal sealed class TrainerReader(FaultList faults)
{
    private const int MaximumArguments = 200;
    private const int MaximumLength = 10_000;
    private const string Path = "trainer";

    /// <summary>The program; null where there is none, and after a fault in what every program has.</summary>
    /// <param name="node">Its node.</param>
    /// <param name="space">The space that its cost is stated over.</param>
    /// <param name="isSpaceSound">Whether names can be checked against it.</param>
    /// <param name="objective">The sweep's objective.</param>
    public CommandSpec? Read(YamlNode node, SearchSpace space, bool isSpaceSound, Objective objective)
    {
        if (node is not YamlMap map)
        {
            faults.Add(node, Path, $"trainer is {Scalars.Describe(node)}, but must be a mapping with command. Write 'trainer: {{command: [python3, train.py]}}'.");
            return null;
        }

        var reader = new EntryReader(map, Path, faults);
        var arguments = Arguments(reader.Require("command", "Write 'command: [python3, train.py]'."));
        var settings = CommandSettings.All.ToDictionary(setting => setting, setting => reader.Value(setting) ?? setting.Default);
        var limits = Section(reader.Take("limits"), "limits", CommandSettings.Limits);
        var codes = Section(reader.Take("exit_codes"), "exit_codes", CommandSettings.ExitCodes);
        var directory = Text(reader.Take("directory"), "directory", "a path", "Write 'directory: experiments'.");
        var environment = Environment(reader.Take("environment"));
        var metric = Metric(reader.Take("metric"), objective);
        var cost = Cost(reader.Take("cost"), ExpressionNames.Of(space, isSpaceSound));
        reader.Finish();
        if (codes.Whole("pruned") == codes.Whole("retry"))
        {
            faults.Add(map.Find("exit_codes")?.Value ?? map, $"{Path}.exit_codes", FormattableString.Invariant($"pruned is {codes.Whole("pruned")}, but must differ from retry, which is the same. Change one of the two."));
        }

        return arguments is null ? null : new()
        {
            Arguments = arguments,
            Parameters = settings[CommandSettings.Parameters]!.Value.Word switch
            {
                "environment" => ParameterPassing.Environment,
                "stdin" => ParameterPassing.Stdin,
                _ => ParameterPassing.Argument,
            },
            Directory = directory,
            Environment = environment,
            Metric = metric,
            Cost = cost,
            IsResumable = settings[CommandSettings.Resumable]!.Value.Word == "true",
            GraceSeconds = settings[CommandSettings.Grace]!.Value.Number,
            TrialSeconds = limits.OptionalNumber("trial_seconds"),
            EpochSeconds = limits.OptionalNumber("epoch_seconds"),
            MemoryMib = limits.OptionalWhole("memory_mib"),
            PrunedCode = codes.Whole("pruned"),
            RetryCode = codes.Whole("retry"),
            Retries = (int)settings[CommandSettings.Retries]!.Value.Whole,
            RetrySeconds = settings[CommandSettings.RetrySeconds]!.Value.Number,
            Frozen = (int)settings[CommandSettings.Frozen]!.Value.Whole,
        };
    }

    private List<string>? Arguments(YamlNode? node)
    {
        const string Rule = "the program and its arguments, a list of texts";
        const string Advice = "Write 'command: [python3, train.py]'.";
        switch (node)
        {
            case null:
                return null;
            case YamlScalar scalar when !Scalars.IsNull(node):
                faults.Add(node, $"{Path}.command", $"command is {Scalars.Describe(node)}, but must be {Rule}: no shell takes it apart. Write 'command: [{string.Join(", ", Scalars.Shorten(scalar.Text, 80).Split(' ', StringSplitOptions.RemoveEmptyEntries))}]'.");
                return null;
            case YamlList { Items.Count: > 0 and <= MaximumArguments } list when list.Items.All(item => item is YamlScalar && !Scalars.IsNull(item)):
                var texts = list.Items.Select((item, index) => Text(item, FormattableString.Invariant($"command[{index}]"), "a text without a zero character", Advice, allowsEmpty: index > 0)).ToList();
                return texts.Contains(null) ? null : texts.OfType<string>().ToList();
            default:
                faults.Add(node, $"{Path}.command", $"command is {Scalars.Describe(node)}, but must be {Rule}, {MaximumArguments} at most. {Advice}");
                return null;
        }
    }

    private string? Text(YamlNode? node, string name, string rule, string advice, bool allowsEmpty = false)
    {
        if (node is null)
        {
            return null;
        }

        if (node is YamlScalar { Text: { Length: <= MaximumLength } text } && !Scalars.IsNull(node) && !text.Contains('\0') && (text.Length > 0 || allowsEmpty))
        {
            return text;
        }

        faults.Add(node, $"{Path}.{name}", $"{name} is {Scalars.Describe(node)}, but must be {rule}. {advice}");
        return null;
    }

    private SettingValues Section(YamlNode? node, string name, IReadOnlyList<KnownParameter> known)
    {
        if (node is not null and not YamlMap)
        {
            faults.Add(node, $"{Path}.{name}", $"{name} is {Scalars.Describe(node)}, but must be a mapping of {string.Join(", ", known.Select(setting => setting.Name))}. Write '{name}: {{{known[0].Name}: {known[0].Default?.ToString() ?? "60"}}}'.");
        }

        return new SettingValues(known, node is YamlMap map ? new EntryReader(map, $"{Path}.{name}", faults) : null);
    }

    private SortedDictionary<string, string> Environment(YamlNode? node)
    {
        var variables = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (node is not null and not YamlMap)
        {
            faults.Add(node, $"{Path}.environment", $"environment is {Scalars.Describe(node)}, but must be a mapping of variables. Write 'environment: {{OMP_NUM_THREADS: 1}}'.");
        }

        if (node is not YamlMap map)
        {
            return variables;
        }

        faults.CheckDuplicates(map, $"{Path}.environment");
        foreach (var (key, value) in map.Entries)
        {
            if (key.Text.Length == 0 || key.Text.AsSpan().IndexOfAny('=', '\0') >= 0 || key.Text.StartsWith("APPROX_", StringComparison.Ordinal))
            {
                faults.Add(key, $"{Path}.environment.{key.Text}", $"Variable is '{Scalars.Shorten(key.Text)}', but must be a name without '=' that does not begin with APPROX_. Rename it.");
            }
            else if (Text(value, $"environment.{key.Text}", "a text", "Give it one value.", allowsEmpty: true) is { } text)
            {
                variables[key.Text] = text;
            }
        }

        return variables;
    }

    private string Metric(YamlNode? node, Objective objective)
    {
        var decided = objective.Metric == ObjectiveValues.ValidationLoss ? null : objective.Metric;
        if (node is null)
        {
            return decided ?? "validation.accuracy";
        }

        var name = node is YamlScalar scalar ? ReportedNames.Spell(scalar.Text) : "";
        if (!ReportedNames.IsValid(name) || name == ObjectiveValues.ValidationLoss)
        {
            faults.Add(node, $"{Path}.metric", $"metric is {Scalars.Describe(node)}, but must be {ReportedNames.Rule}, other than the loss. Write 'metric: validation.accuracy'.");
        }
        else if (decided is not null && name != decided)
        {
            faults.Add(node, $"{Path}.metric", $"metric is {name}, but must be that of the objective, which is {decided}. Delete the line.");
        }

        return name;
    }

    private CostRule? Cost(YamlNode? node, ExpressionNames names)
    {
        if (node is null)
        {
            return null;
        }

        try
        {
            return node is YamlScalar scalar && !Scalars.IsNull(node)
                ? new(ExpressionParser.ParseNumber(scalar.Text, names))
                : throw new ExpressionException(0, $"cost is {Scalars.Describe(node)}, but must be a number or an expression over the parameters. Write 'cost: width * depth'.");
        }
        catch (ExpressionException fault)
        {
            var indent = (node as YamlScalar)?.Indent;
            faults.Add(node.Line, node.Column + (indent is { } shift ? shift + fault.Place : 0), $"{Path}.cost", fault.Message);
            return null;
        }
    }
}
