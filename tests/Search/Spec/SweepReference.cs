using System.Globalization;
using System.Text;
using ApproxCluster.Trainer;

namespace ApproxCluster.Search.Tests;

/// <summary>Writes the tables of docs/sweep-file.md and docs/command-trainer.md from those that the parser reads by.</summary>
internal static class SweepReference
{
    /// <summary>The generated parts of docs/command-trainer.md.</summary>
    public static IReadOnlyDictionary<string, Func<string>> CommandParts { get; } = new Dictionary<string, Func<string>> { ["trainer"] = Trainer };

    /// <summary>The generated parts of docs/sweep-file.md.</summary>
    public static IReadOnlyDictionary<string, Func<string>> Parts { get; } = new Dictionary<string, Func<string>>
    {
        ["keys"] = Keys,
        ["parameters"] = Parameters,
        ["targets"] = Targets,
        ["samplers"] = Samplers,
        ["race"] = () => Table(["Setting", "Default", "Values", "Meaning"], SweepSettings.Race.Select((own, place) => Row(Code(own.Name), place == 0 ? "required" : Default(own), Values(own), own.Summary))),
        ["pruners"] = () => Table(["Pruner, setting", "Default", "Values", "Meaning"], Rows(SweepSettings.Pruner.Variants, "")),
    };

    /// <summary>A document with its generated parts written anew: what stands between <c>generated: NAME</c> and <c>end of NAME</c>.</summary>
    public static string Update(string document, IReadOnlyDictionary<string, Func<string>> parts)
    {
        foreach (var (name, part) in parts)
        {
            var (begin, end) = ($"<!-- generated: {name} -->\n", $"<!-- end of {name} -->\n");
            var (from, to) = (document.IndexOf(begin, StringComparison.Ordinal), document.IndexOf(end, StringComparison.Ordinal));
            Assert.True(from >= 0 && to > from, $"The document lacks {begin.Trim()} ... {end.Trim()}.");
            document = $"{document[..from]}{begin}\n{part()}\n{document[to..]}";
        }

        return document;
    }

    private static string Keys()
    {
        var metrics = Objectives.Directions.Select(metric => Code($"{{{(metric.Value ? "maximize" : "minimize")}: {metric.Key}}}"));
        return Table(
            ["Key", "Default", "Values", "Meaning"],
            [
                Row("`name`", "the file's name", SweepNames.Rule, "Name of the sweep."),
                Row("`target`", "required, unless a program trains", "a [kind](#targets), or a mapping of `kind` and its options", "What is approximated."),
                Row("`trainer`", "the built-in one", "a [program](command-trainer.md)", "What trains the trials, in place of `target`."),
                Row("`space`", "nothing", "[parameters](#the-space)", "What is searched, and what is fixed otherwise than by default."),
                Row("`where`", "nothing", "[expressions](#constraints)", "What must hold for every configuration."),
                Row("`forbid`", "nothing", "[combinations](#constraints)", "Values that must not come together."),
                Row("`objective`", "the target's metric", $"{string.Join(", ", metrics)}, or [more](#the-objective)", "What makes one trial better than another: its best epoch by this."),
                .. SweepSettings.All.Select(setting => Row(
                    Code(setting.Name),
                    setting == SweepSettings.Trials ? $"{Default(setting)}; a grid: its cells" : Default(setting),
                    setting == SweepSettings.Replicates ? $"{Values(setting)}, or a [race](#replicates)" : setting == SweepSettings.Sampler || setting == SweepSettings.Pruner ? $"[{setting.Name}s](#samplers-and-pruners)" : Values(setting),
                    setting.Summary)),
                Row("`from`", "nothing", "name or identity of an earlier sweep", "[Warm start](#warm-start): the sampler knows its results from the start."),
                Row("`first`", "nothing", "[points](#first)", "Configurations that are tried before the sampler's own."),
            ]);
    }

    private static string Trainer() => Table(
        ["Setting", "Default", "Values", "Meaning"],
        [
            Row("`command`", "required", "a list of texts", "The program and its arguments. No shell takes them apart."),
            .. CommandSettings.All.SelectMany(setting => new[] { Row(Code(setting.Name), Default(setting), Values(setting), setting.Summary) }.Concat(Rows(setting.Variants, $"{setting.Name}: "))),
            .. Nested("limits", CommandSettings.Limits),
            .. Nested("exit_codes", CommandSettings.ExitCodes),
            Row("`directory`", "the sweep's folder", "a path", "Working folder, relative to the folder of the sweep file, to `--data` where that is given, and on a silo to its data folder."),
            Row("`environment`", "nothing", "a mapping of variables", "Added to the program's environment."),
            Row("`metric`", "that of the objective, or `validation.accuracy`", ReportedNames.Rule, "The reported metric that is shown beside the loss."),
            Row("`cost`", "`1`", "a number, or an [expression](sweep-file.md#constraints) over the parameters", "What an epoch costs in virtual time, relative to other configurations."),
        ]);

    private static IEnumerable<string[]> Nested(string section, IReadOnlyList<KnownParameter> settings) =>
        settings.Select(own => Row(Code($"{section}.{own.Name}"), Default(own), Values(own), own.Summary));

    private static string Parameters()
    {
        var choices = KnownParameters.All.Where(known => known.Variants.Count > 0).Select(known => Code(known.Name));
        var table = Table(
            ["Parameter", "Default", "Values", "Meaning"],
            KnownParameters.All.SelectMany(known => new[] { Row(Code(known.Name), Default(known), Values(known), known.Summary) }.Concat(Rows(known.Variants, $"{known.Name}."))));
        return $"{table}\nEvery value of {string.Join(", ", choices)} also takes {string.Join(", ", KnownParameters.Own.Select(own => Code(own.Name)))} of its own.\n";
    }

    private static string Samplers()
    {
        var table = Table(["Sampler, setting", "Default", "Values", "Meaning"], Rows(SweepSettings.Sampler.Variants, ""));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{table}\nA grid needs finite parameters (values, choices, whole numbers, steps) and has at most {GridCells.Maximum} cells; `sobol` takes at most {SobolSampler.MaximumDimensions} searched parameters.\n");
    }

    private static string Targets() => string.Join('\n', TargetCatalog.Kinds.Select(kind =>
    {
        var options = kind.Options.Select(option => Row(
            Code(option.Name), option.Default switch { null => "required", "" => "left out", var value => Code(value) }, Values(option), option.Summary));
        return $"### `{kind.Name}`\n\n{kind.Summary} Metric: {Metrics(kind)}.\n\n{Table(["Option", "Default", "Values", "Meaning"], options)}";
    }));

    /// <summary>The metric of a kind, and those that some value of an option changes it to.</summary>
    private static string Metrics(TargetKind kind)
    {
        var usual = Metric(kind, []);
        var others = kind.Options.SelectMany(option => (option.Choices ?? []).Select(choice => (option.Name, choice)))
            .Select(pair => (Text: $"{pair.Name}: {pair.choice}", Metric: Metric(kind, new() { [pair.Name] = pair.choice })))
            .Where(other => other.Metric != usual)
            .Select(other => $", or `validation.{other.Metric}` with `{other.Text}`");
        return $"`validation.{usual}`{string.Concat(others)}";
    }

    private static string Metric(TargetKind kind, Dictionary<string, string> options) =>
        TargetRules.Default.Metric(new TargetConfiguration(kind.Name, options))!.Value.Name();

    private static IEnumerable<string[]> Rows(IReadOnlyList<Variant> variants, string prefix) => variants.SelectMany(variant =>
        new[] { Row(Code($"{prefix}{variant.Name}"), "", "", variant.Summary) }.Concat(variant.Parameters.Except(KnownParameters.Own)
            .Select(own => Row(Code($"{prefix}{variant.Name}.{own.Name}"), Default(own), Values(own), own.Summary))));

    private static string Default(KnownParameter known) => known.Default switch
    {
        null => "left out",
        { Kind: ParameterValueKind.Real } value => Code(Number(value.Number)),
        var value => Code(value.ToString()!),
    };

    private static string Values(KnownParameter known) => known switch
    {
        { IsFlag: true } => "`true`, `false`",
        { Nesting: Nesting.One } => "a pruner",
        { Nesting: Nesting.Many } => $"a list of at most {KnownParameter.MaximumPruners} pruners",
        { IsList: true } => $"a list of at most {KnownParameter.MaximumItems} numbers, {Number(known.Minimum)} to {Number(known.Maximum)} each",
        { Variants.Count: > 0 } => string.Join(", ", known.Variants.Select(variant => Code(variant.Name))),
        { AboveMinimum: true, BelowMaximum: true } => $"between {Number(known.Minimum)} and {Number(known.Maximum)}",
        { AboveMinimum: true } => $"above {Number(known.Minimum)}, to {Number(known.Maximum)}",
        { BelowMaximum: true } => $"{Number(known.Minimum)} to below {Number(known.Maximum)}",
        _ => $"{Number(known.Minimum)} to {Number(known.Maximum)}",
    };

    private static string Values(TargetOption option) => option switch
    {
        { Type: TargetOptionType.Boolean } => "`true`, `false`",
        { Choices: { } choices } => string.Join(", ", choices.Select(Code)),
        { Minimum: { } low, Maximum: { } high } => $"{Number(low)} to {Number(high)}",
        _ => "text",
    };

    private static string Number(double number) => number switch
    {
        >= ulong.MaxValue => ulong.MaxValue.ToString(CultureInfo.InvariantCulture),
        > 0 and < 1e-4 or >= 1e15 or <= -1e15 => number.ToString("0.####e0", CultureInfo.InvariantCulture),
        _ => number.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string Code(string text) => $"`{text}`";

    private static string[] Row(params string[] cells) => cells;

    private static string Table(string[] head, IEnumerable<string[]> rows)
    {
        var text = new StringBuilder();
        foreach (var row in new[] { head, [.. head.Select(_ => "---")] }.Concat(rows))
        {
            text.Append("| ").AppendJoin(" | ", row.Select(Escape)).Append(" |\n");
        }

        return text.Replace("|  |", "| |").Replace("|  |", "| |").ToString();
    }

    /// <summary>Outside of code, stars would make letters slanted.</summary>
    private static string Escape(string cell) =>
        string.Join('`', cell.Split('`').Select((piece, index) => index % 2 == 1 ? piece : piece.Replace("*", "\\*", StringComparison.Ordinal))).Replace("|", "\\|", StringComparison.Ordinal);
}
