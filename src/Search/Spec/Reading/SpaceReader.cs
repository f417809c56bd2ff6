using System.Globalization;

namespace ApproxCluster.Search;

/// <summary>Reads the search space.</summary>
internal sealed class SpaceReader(FaultList faults)
{
    private static readonly string[] Uniform = ["width", "depth"];

    private readonly OwnParameters own = new(faults);

    /// <summary>The parameters of the file in its order, then the rest at their defaults.</summary>
    public SearchSpace Read(YamlNode? node, string path)
    {
        var parameters = node switch
        {
            null => [],
            _ when Scalars.IsNull(node) => [],
            YamlMap map => ReadParameters(map, path, "", KnownParameters.All),
            _ => Refuse(node, path),
        };
        own.Check(node as YamlMap);
        return new SearchSpace(Complete(parameters, "", KnownParameters.All));
    }

    /// <summary>Adds what is left out, at its default, in the order of the table.</summary>
    private static List<Parameter> Complete(List<Parameter> parameters, string prefix, IReadOnlyList<KnownParameter> known)
    {
        var given = parameters.Select(parameter => parameter.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var missing in known)
        {
            var name = FaultList.Join(prefix, missing.Name);
            var replaced = given.Contains("widths") && Uniform.Contains(name);
            if (missing.Default is { } value && !missing.IsOptional && !given.Contains(name) && !replaced)
            {
                parameters.Add(new Parameter(name, AsDomain(ChoiceOf(missing, value, [], name))));
            }
        }

        return parameters;
    }

    private static Domain AsDomain(Choice choice) => choice.Parameters.Count == 0 ? new FixedDomain(choice.Value) : new ChoiceDomain([choice]);

    private static Choice ChoiceOf(KnownParameter known, ParameterValue value, List<Parameter> nested, string name) =>
        known.Variants.Count > 0 && known.Find(value.Word) is { } variant
            ? new Choice(value, Complete(nested, FaultList.Join(name, variant.Name), variant.Parameters))
            : new Choice(value, []);

    private List<Parameter> Refuse(YamlNode node, string path)
    {
        faults.Add(node, path, $"space is {Scalars.Describe(node)}, but must be a mapping of parameters. Write 'name: value' lines under it.");
        return [];
    }

    private List<Parameter> ReadParameters(YamlMap map, string path, string prefix, IReadOnlyList<KnownParameter> known)
    {
        faults.CheckDuplicates(map, path);
        own.Add(map, path, prefix);
        var parameters = new List<Parameter>();
        foreach (var (key, value) in map.Entries)
        {
            var (place, name) = (FaultList.Join(path, key.Text), FaultList.Join(prefix, key.Text));
            if (known.FirstOrDefault(parameter => parameter.Name == key.Text) is not { } definition)
            {
                faults.AddUnknown(key, place, "Parameter", key.Text, [.. known.Select(parameter => parameter.Name)]);
            }
            else if (ReadDomain(definition, value, place, name) is { } domain && parameters.All(parameter => parameter.Path != name))
            {
                parameters.Add(new Parameter(name, domain));
            }
        }

        return parameters;
    }

    private Domain? ReadDomain(KnownParameter known, YamlNode node, string path, string name)
    {
        var word = (node as YamlMap)?.Entries.Select(entry => entry.Key.Text).FirstOrDefault(RangeReader.Words.Contains);
        return word switch
        {
            "choice" or "ordinal" => ReadChoices(known, (YamlMap)node, word, path, name),
            not null => new RangeReader(faults).Read(known, (YamlMap)node, word, path),
            null => ReadChoice(known, node, path, name) is { } choice ? AsDomain(choice) : null,
        };
    }

    private Domain? ReadChoices(KnownParameter known, YamlMap map, string word, string path, string name)
    {
        var choices = ChoiceList.Read(map, word, path, faults, item => ReadChoice(known, item, path, name));
        return choices.Count switch { 0 => null, 1 => AsDomain(choices[0]), _ => new ChoiceDomain(choices) { IsOrdered = word == "ordinal" } };
    }

    /// <summary>One value, with the parameters that hang on it; null after a fault.</summary>
    private Choice? ReadChoice(KnownParameter known, YamlNode node, string path, string name)
    {
        if (node is not YamlMap { Entries: [var (key, nested)] } || known.Variants.Count == 0)
        {
            return ReadValue(known, node, path) is { } value ? ChoiceOf(known, value, [], name) : null;
        }

        if (known.Find(key.Text) is not { } variant)
        {
            faults.AddUnknown(key, path, known.Name, key.Text, [.. known.Variants.Select(other => other.Name)]);
            return null;
        }

        var place = FaultList.Join(path, variant.Name);
        var parameters = nested is YamlMap map ? ReadParameters(map, place, FaultList.Join(name, variant.Name), variant.Parameters) : [];
        if (nested is not YamlMap && !Scalars.IsNull(nested))
        {
            faults.Add(nested, place, $"{variant.Name} is {Scalars.Describe(nested)}, but must be a mapping of its parameters. Write '{variant.Name}: {{name: value}}'.");
        }

        return ChoiceOf(known, ParameterValue.Of(variant.Name), parameters, name);
    }

    private ParameterValue? ReadValue(KnownParameter known, YamlNode node, string path)
    {
        if (known.IsList)
        {
            return ReadList(known, node, path);
        }

        switch (known.Kind)
        {
            case ParameterValueKind.Whole when Scalars.TryWhole(node, out var whole) && known.InRange(whole):
                return ParameterValue.Of(whole);
            case ParameterValueKind.Real when Scalars.TryReal(node, out var real) && known.InRange(real):
                return ParameterValue.Of(real);
            case ParameterValueKind.Word when node is YamlScalar scalar && known.Find(scalar.Text) is not null:
                return ParameterValue.Of(scalar.Text);
            case ParameterValueKind.Word when node is YamlScalar scalar && !Scalars.IsNull(node):
                faults.AddUnknown(node, path, known.Name, scalar.Text, [.. known.Variants.Select(variant => variant.Name)]);
                return null;
            case not ParameterValueKind.Word when node is YamlMap { Entries: [var (key, _), ..] }:
                faults.AddUnknown(key, FaultList.Join(path, key.Text), "Key", key.Text, [RangeReader.WordFor(known)!, "choice", "ordinal"]);
                return null;
        }

        var search = RangeReader.WordFor(known) is { } word ? $"{{{word}: [low, high]}} or {{choice: [...]}}" : "{choice: [...]}";
        faults.Add(node, path, $"{known.Name} is {Scalars.Describe(node)}, but must be {known.Rule}. {Scalars.Advice(node, $"Give such a value, or search with {search}.")}");
        return null;
    }

    private ParameterValue? ReadList(KnownParameter known, YamlNode node, string path)
    {
        var widths = new List<string>();
        var items = node is YamlList list ? list.Items : [];
        foreach (var item in items)
        {
            if (Scalars.TryWhole(item, out var width) && known.InRange(width))
            {
                widths.Add(width.ToString(CultureInfo.InvariantCulture));
            }
            else
            {
                faults.Add(item, path, $"An item of {known.Name} is {Scalars.Describe(item)}, but must be a whole number from {known.Minimum} to {known.Maximum}. Change it.");
            }
        }

        if (node is YamlList && items.Count <= KnownParameter.MaximumItems)
        {
            return widths.Count == items.Count ? ParameterValue.Of(string.Join(',', widths)) : null;
        }

        faults.Add(node, path, $"{known.Name} is {Scalars.Describe(node)}, but must be {known.Rule}. Write 'widths: [512, 512]'.");
        return null;
    }
}
