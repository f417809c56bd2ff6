using System.Globalization;
using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// Reads the objective: <c>{minimize: METRIC}</c> or <c>{maximize: METRIC}</c>, with <c>gap_weight</c> and <c>where: gap &lt;= LIMIT</c> where they are wanted; or a list of such,
/// whose further entries may name other quantities and have neither.
/// </summary>
internal sealed class ObjectiveReader(FaultList faults)
{
    private const string Where = "where";

    /// <summary>The objective; the target's own after a fault.</summary>
    /// <param name="node">Its node.</param>
    /// <param name="metric">The target's own metric; null when it is not known.</param>
    public Objective Read(YamlNode? node, MetricKind? metric)
    {
        var otherwise = Objectives.Default(metric);
        if (node is null)
        {
            return otherwise;
        }

        if (node is not YamlList list)
        {
            return First(node, metric, "objective", otherwise);
        }

        if (list.Items.Count is 0 or > Objective.MaximumObjectives)
        {
            faults.Add(node, "objective", FormattableString.Invariant(
                $"objective is a list of {list.Items.Count}, but must be one objective or a list of at most {Objective.MaximumObjectives}. {Advice(otherwise)}"));
            return otherwise;
        }

        var first = First(list.Items[0], metric, "objective[0]", otherwise);
        var names = new List<string> { first.Metric };
        var further = new List<FurtherObjective>();
        for (var index = 1; index < list.Items.Count; index++)
        {
            var place = FormattableString.Invariant($"objective[{index}]");
            if (Goal(list.Items[index], metric, place, otherwise, isFirst: false) is not { } goal)
            {
                continue;
            }

            if (names.Contains(goal.Name))
            {
                faults.Add(list.Items[index], place, $"{place} is {goal.Name}, but must be another one: it is in the list already. Delete it.");
            }

            names.Add(goal.Name);
            further.Add(new(goal.Maximize, goal.Name));
        }

        return first with { Further = further };
    }

    private static string Advice(Objective otherwise) => $"Write 'objective: {{{(otherwise.Maximize ? "maximize" : "minimize")}: {otherwise.Metric}}}'.";

    private Objective First(YamlNode node, MetricKind? metric, string place, Objective otherwise)
    {
        if (Goal(node, metric, place, otherwise, isFirst: true) is not { } goal)
        {
            return otherwise;
        }

        var map = (YamlMap)node;
        return new Objective(goal.Maximize, goal.Name)
        {
            GapWeight = map.Find(Objectives.GapWeight.Name) is { } weight ? Weight(weight.Value, place) : 0,
            GapLimit = map.Find(Where) is { } where ? Limit(where.Value, place) : null,
        };
    }

    /// <summary>What is to be made large or small, and which; null after a fault.</summary>
    private (bool Maximize, string Name)? Goal(YamlNode node, MetricKind? metric, string place, Objective otherwise, bool isFirst)
    {
        string[] also = isFirst ? [Objectives.GapWeight.Name, Where] : [];
        var goals = (node as YamlMap)?.Entries.Where(entry => entry.Key.Text is "maximize" or "minimize").ToArray() ?? [];
        if (goals is not [var (key, value)])
        {
            faults.Add(node, place, $"{place} is {Scalars.Describe(node)}, but must be one entry, minimize: METRIC or maximize: METRIC. {Advice(otherwise)}");
            return null;
        }

        var map = (YamlMap)node;
        faults.CheckDuplicates(map, place);
        foreach (var (other, _) in map.Entries.Where(entry => entry.Key != key && !also.Contains(entry.Key.Text)))
        {
            faults.AddUnknown(other, FaultList.Join(place, other.Text), "Key", other.Text, [key.Text, .. also]);
        }

        var word = (value as YamlScalar)?.Text ?? "";
        var at = FaultList.Join(place, key.Text);
        if (metric == MetricKind.Reported && (isFirst || word != Objectives.Gap))
        {
            return Reported(key, value, at);
        }

        bool? maximize = Objectives.Directions.TryGetValue(word, out var higher) ? higher : !isFirst && Objectives.Quantities.Contains(word) ? false : null;
        if (maximize is null)
        {
            if (value is YamlScalar)
            {
                faults.AddUnknown(value, at, key.Text, word, isFirst ? [.. Objectives.Directions.Keys] : [.. Objectives.Directions.Keys, .. Objectives.Quantities]);
            }
            else
            {
                faults.Add(value, at, $"{key.Text} is {Scalars.Describe(value)}, but must be the name of a metric. {Advice(otherwise)}");
            }

            return null;
        }

        if (!Objectives.Quantities.Contains(word) && Objectives.Fault(word, metric) is { } fault)
        {
            faults.Add(value, at, fault);
        }
        else if (maximize != (key.Text == "maximize"))
        {
            var right = maximize.Value ? "maximize" : "minimize";
            faults.Add(key, place, $"{place} is to {key.Text} {word}, but must be to {right} it: {(maximize.Value ? "higher" : "lower")} is better. Write '{right}: {word}'.");
        }

        return (maximize.Value, word);
    }

    // What a program reports is its own: any name, in either direction.
    private (bool Maximize, string Name)? Reported(YamlScalar key, YamlNode value, string at)
    {
        if (value is YamlScalar { Text: var text } && ReportedNames.IsValid(ReportedNames.Spell(text)))
        {
            return (key.Text == "maximize", ReportedNames.Spell(text));
        }

        faults.Add(value, at, $"{key.Text} is {Scalars.Describe(value)}, but must be the name of a figure that the program reports, {ReportedNames.Rule}. Write '{key.Text}: validation.accuracy'.");
        return null;
    }

    private double Weight(YamlNode node, string place)
    {
        if (Scalars.TryReal(node, out var weight) && Objectives.GapWeight.InRange(weight))
        {
            return weight;
        }

        var known = Objectives.GapWeight;
        faults.Add(node, FaultList.Join(place, known.Name), $"{known.Name} is {Scalars.Describe(node)}, but must be {known.Rule}. {Scalars.Advice(node, "Write 'gap_weight: 1'.")}");
        return 0;
    }

    private double? Limit(YamlNode node, string place)
    {
        var parts = (node as YamlScalar)?.Text.Split("<=", StringSplitOptions.TrimEntries) ?? [];
        if (parts is [Objectives.Gap, var bound]
            && double.TryParse(bound, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var limit)
            && double.IsFinite(limit))
        {
            return limit;
        }

        faults.Add(node, FaultList.Join(place, Where), $"{Where} is {Scalars.Describe(node)}, but must be a limit on the gap, gap <= NUMBER. Write 'where: gap <= 0.05'.");
        return null;
    }
}
