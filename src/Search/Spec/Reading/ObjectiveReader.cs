using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>Reads the objective: <c>{minimize: METRIC}</c> or <c>{maximize: METRIC}</c>.</summary>
internal sealed class ObjectiveReader(FaultList faults)
{
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

        var advice = $"Write 'objective: {{{(otherwise.Maximize ? "maximize" : "minimize")}: {otherwise.Metric}}}'.";
        if (node is not YamlMap { Entries: [var (key, value)] } || key.Text is not ("maximize" or "minimize"))
        {
            faults.Add(node, "objective", $"objective is {Scalars.Describe(node)}, but must be one entry, minimize: METRIC or maximize: METRIC. {advice}");
            return otherwise;
        }

        var word = (value as YamlScalar)?.Text ?? "";
        var place = FaultList.Join("objective", key.Text);
        if (!Objectives.Directions.TryGetValue(word, out var maximize))
        {
            if (value is YamlScalar)
            {
                faults.AddUnknown(value, place, key.Text, word, [.. Objectives.Directions.Keys]);
            }
            else
            {
                faults.Add(value, place, $"{key.Text} is {Scalars.Describe(value)}, but must be the name of a metric. {advice}");
            }

            return otherwise;
        }

        var objective = new Objective(maximize, word);
        if (Objectives.Fault(objective, metric) is { } fault)
        {
            faults.Add(value, place, fault);
        }
        else if (maximize != (key.Text == "maximize"))
        {
            var right = maximize ? "maximize" : "minimize";
            faults.Add(key, "objective", $"objective is to {key.Text} {word}, but must be to {right} it: {(maximize ? "higher" : "lower")} is better. Write '{right}: {word}'.");
        }

        return objective;
    }
}
