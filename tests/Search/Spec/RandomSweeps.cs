using System.Globalization;
using System.Text;
using ApproxCluster.Trainer;

namespace ApproxCluster.Search.Tests;

/// <summary>Writes sweep files without faults at random, from the tables that the parser reads by.</summary>
internal sealed class RandomSweeps(ulong seed)
{
    private static readonly string[] Choices = [.. KnownParameters.All.Where(known => known.Variants.Count > 0).Select(known => known.Name)];

    private readonly Dictionary<string, string> owners = new(StringComparer.Ordinal);
    private Philox random = new(seed);
    private bool hasOuterWidths;

    /// <summary>A file. Its spaces have every form of domain; its numbers lie anywhere in their ranges.</summary>
    public string Next()
    {
        var layers = Any(Choices);
        foreach (var own in KnownParameters.Own)
        {
            owners[own.Name] = own.Name is "width" or "depth" or "widths" ? layers : Any(Choices);
        }

        var text = new StringBuilder("{target: ").Append(Any("curve", "{kind: points, noise: 2.5e-1}", "{kind: image, file: 'a b.png'}", "mandelbrot"));
        text.Append(", space: {").Append(Parameters(KnownParameters.All, null)).Append('}');
        text.Append(Any(
            "",
            ", objective: {minimize: validation.loss, gap_weight: 0.25}",
            ", objective: {minimize: validation.loss, where: gap <= -1.5e-3}",
            ", objective: [{minimize: validation.loss, where: gap <= 2}, {minimize: parameters}, {minimize: gap}]"));
        text.Append(", sampler: ").Append(Sampler());
        text.Append(", pruner: ").Append(Pruner(0));
        foreach (var setting in SweepSettings.All.Where(setting => setting.Kind == ParameterValueKind.Whole && random.NextBelow(2) == 0))
        {
            text.Append(CultureInfo.InvariantCulture, $", {setting.Name}: {Whole(setting with { Minimum = Math.Max(setting.Minimum, 2) })}");
        }

        if (!text.ToString().Contains(", replicates:", StringComparison.Ordinal))
        {
            text.Append(Any("", ", replicates: {race: 4}", ", replicates: {race: 7, min: 2, confidence: 0.9}, overtuning: true"));
        }

        return text.Append('}').ToString();
    }

    private string Pruner(int depth) => Any(
        "none",
        "asha",
        "hyperband",
        "median",
        "curve",
        "{asha: {min_epochs: 2, promote: true}}",
        "{asha: {min_trials: 5}}",
        "{sha: {reduction_factor: 2, cohort: 7}}",
        "{percentile: {percentile: 12.5, interval_epochs: 2}}",
        "{threshold: {upper: 1e3, gap_lower: -2}}",
        "{wilcoxon: {p_threshold: 0.05}}",
        "{gap: {max_gap: 1, patience: 3}}",
        depth > 2 ? "patience" : $"{{patience: {{min_delta: 0.5, wrapped: {Ending(depth + 1)}}}}}",
        depth > 2 ? "gap" : $"{{any: {{pruners: [{Ending(depth + 1)}, {Ending(depth + 1)}, sha]}}}}");

    /// <summary>A pruner that pauses no trials.</summary>
    private string Ending(int depth)
    {
        while (true)
        {
            var text = Pruner(depth);
            if (!text.Contains("sha", StringComparison.Ordinal) || text == "asha")
            {
                return text;
            }
        }
    }

    /// <summary>A sampler other than the grid and a population, which not every sweep can have, with some of its settings.</summary>
    private string Sampler()
    {
        var known = SweepSettings.Sampler.Variants.Where(variant => variant.Name is not ("grid" or "pbt")).ToList();
        var variant = known[(int)random.NextBelow((uint)known.Count)];
        var settings = variant.Parameters.Where(_ => random.NextBelow(2) == 0).Select(setting => $"{setting.Name}: {Setting(setting)}");
        return random.NextBelow(2) == 0 ? variant.Name : $"{{{variant.Name}: {{{string.Join(", ", settings)}}}}}";
    }

    private string Setting(KnownParameter setting) => setting switch
    {
        { IsFlag: true } => Any("true", "false"),
        { Variants.Count: > 0 } => setting.Variants[(int)random.NextBelow((uint)setting.Variants.Count)].Name,
        { Kind: ParameterValueKind.Whole } => Whole(setting),
        _ => Real(setting),
    };

    /// <summary>Some parameters: outer ones, or those of a value of a choice. What choices share, only its owner states.</summary>
    private string Parameters(IReadOnlyList<KnownParameter> known, string? choice)
    {
        var chosen = known.Where(parameter => random.NextBelow(2) == 0).ToList();
        chosen.RemoveAll(parameter => choice is not null && owners.GetValueOrDefault(parameter.Name, choice) != choice);
        var hasWidths = chosen.Any(parameter => parameter.IsList);
        if (hasWidths || (hasOuterWidths && chosen.Count(parameter => parameter.Name is "width" or "depth") == 1))
        {
            chosen.RemoveAll(parameter => parameter.Name is "width" or "depth");
        }

        hasOuterWidths = choice is null ? hasWidths : hasOuterWidths;
        var order = chosen.OrderBy(_ => random.NextUInt32()).ToList();
        return string.Join(", ", order.Select(parameter => $"{parameter.Name}: {Domain(parameter)}"));
    }

    private string Domain(KnownParameter known)
    {
        var count = known.Variants.Count > 0 ? Math.Min(3, known.Variants.Count) : 3;
        return random.NextBelow(3) switch
        {
            0 => Value(known, 0),
            1 when RangeReader.WordFor(known) is { } word => Range(known, word),
            _ => $"{{{Any("choice", "choice", "ordinal")}: [{string.Join(", ", Enumerable.Range(0, count).Select(place => Value(known, place)).Distinct())}]}}",
        };
    }

    private string Value(KnownParameter known, int place)
    {
        if (known.IsList)
        {
            return $"[{string.Join(", ", Enumerable.Range(0, place).Select(_ => 1 + random.NextBelow(16384)))}]";
        }

        if (known.Variants.Count == 0)
        {
            return known.Kind == ParameterValueKind.Whole ? Whole(known) : Real(known);
        }

        var variant = known.Variants[place];
        return random.NextBelow(2) == 0 ? variant.Name : $"{{{variant.Name}: {{{Parameters(variant.Parameters, known.Name)}}}}}";
    }

    private string Range(KnownParameter known, string word)
    {
        var numbers = new[] { 0, 1 }.Select(_ => known.Kind == ParameterValueKind.Whole ? Whole(known) : Real(known))
            .OrderBy(number => double.Parse(number, CultureInfo.InvariantCulture)).ToList();
        var low = double.Parse(numbers[0], CultureInfo.InvariantCulture);
        return random.NextBelow(3) switch
        {
            0 => $"{{{word}: [{numbers[0]}, {numbers[1]}], step: {Any("1", "3", "7")}}}",
            1 when low > 0 => $"{{{word}: [{numbers[0]}, {numbers[1]}], log: true}}",
            _ => $"{{{word}: [{numbers[0]}, {numbers[1]}]}}",
        };
    }

    private string Whole(KnownParameter known) =>
        ((long)(known.Minimum + random.NextDouble() * (Math.Min(known.Maximum, 1e15) - known.Minimum))).ToString(CultureInfo.InvariantCulture);

    private string Real(KnownParameter known)
    {
        var share = random.NextBelow(2) == 0 ? random.NextDouble() : Math.Pow(2, -40 * random.NextDouble());
        return (known.Minimum + (1e-12 + share * (1 - 1e-11)) * (known.Maximum - known.Minimum)).ToString("R", CultureInfo.InvariantCulture);
    }

    private string Any(params string[] values) => values[random.NextBelow((uint)values.Length)];
}
