namespace ApproxCluster.Search;

/// <summary>Reads points of a space, or parts of them: mappings of dotted paths to values.</summary>
internal sealed class PointReader(SearchSpace space, FaultList faults)
{
    private readonly Dictionary<string, Domain> domains = SpaceWalk.All(space).ToDictionary(parameter => parameter.Path, parameter => parameter.Domain, StringComparer.Ordinal);

    /// <summary>The values, in the domains' own spelling; null after a fault.</summary>
    /// <param name="node">A mapping.</param>
    /// <param name="path">Its path in the file.</param>
    /// <param name="what">What it is, for messages.</param>
    public Assignment? Read(YamlNode node, string path, string what)
    {
        if (node is not YamlMap { Entries.Count: > 0 } map)
        {
            faults.Add(node, path, $"{what} is {Scalars.Describe(node)}, but must be a mapping of parameters to values. Write {{width: 64, optimizer: sgd}}.");
            return null;
        }

        faults.CheckDuplicates(map, path);
        var values = new Dictionary<string, ParameterValue>(StringComparer.Ordinal);
        foreach (var (key, value) in map.Entries)
        {
            if (Read(key, value, path) is { } found)
            {
                values.TryAdd(key.Text, found);
            }
        }

        return values.Count == map.Entries.Count ? new Assignment(values) : null;
    }

    private ParameterValue? Read(YamlScalar key, YamlNode node, string path)
    {
        var place = FaultList.Join(path, key.Text);
        if (!domains.TryGetValue(key.Text, out var domain))
        {
            var advice = Spelling.Nearest(key.Text, domains.Keys) is { } nearest ? $"Did you mean '{nearest}'?"
                : domains.Keys.FirstOrDefault(known => known.EndsWith("." + key.Text, StringComparison.Ordinal)) is { } longer ? $"Write its whole path, such as {longer}."
                : "Write the path of a parameter, such as optimizer.sgd.momentum.";
            faults.Add(key, place, $"Parameter is '{Scalars.Shorten(key.Text)}', but must be one that this space has. {advice}");
            return null;
        }

        if ((space.IsFree ? FreeValues.Read(node) : Given(node)) is { } given && DomainValues.Find(domain, given) is { } value)
        {
            return value;
        }

        faults.Add(node, place, $"{key.Text} is {Scalars.Describe(node)}, but must be {DomainValues.Rule(domain)}. {Scalars.Advice(node, "Change it, or widen the space.")}");
        return null;
    }

    /// <summary>What a node says, before it is known what it must be; lists are words, as in <c>widths</c>.</summary>
    private static ParameterValue? Given(YamlNode node) => node switch
    {
        _ when Scalars.IsNull(node) => null,
        YamlScalar when Scalars.TryWhole(node, out var whole) => ParameterValue.Of(whole),
        YamlScalar when Scalars.TryReal(node, out var real) => ParameterValue.Of(real),
        YamlScalar scalar => ParameterValue.Of(scalar.Text),
        YamlList list when list.Items.All(item => item is YamlScalar) => ParameterValue.Of(string.Join(',', list.Items.Select(item => ((YamlScalar)item).Text))),
        _ => null,
    };
}
