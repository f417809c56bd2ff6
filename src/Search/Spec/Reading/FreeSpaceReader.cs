using System.Text.RegularExpressions;

namespace ApproxCluster.Search;

/// <summary>
/// Reads the space of a sweep that a program trains: parameters of any name. A value is a number, a word (<c>true</c> and <c>false</c> among them) or a list of such, held as a word of JSON; a word
/// may bring parameters along, in a choice or alone.
/// </summary>
internal sealed partial class FreeSpaceReader(FaultList faults)
{
    private const int MaximumDepth = 20;
    private const string NameRule = "a name of at most 60 letters, digits and '_' that begins with a letter or '_'";

    /// <summary>The parameters in the order of the file.</summary>
    public SearchSpace Read(YamlNode? node, string path)
    {
        if (node is not null and not YamlMap && !Scalars.IsNull(node))
        {
            faults.Add(node, path, $"space is {Scalars.Describe(node)}, but must be a mapping of parameters. Write 'name: value' lines under it.");
        }

        return new SearchSpace(node is YamlMap map ? Parameters(map, path, "", 0) : []) { IsFree = true };
    }

    private List<Parameter> Parameters(YamlMap map, string path, string prefix, int depth)
    {
        faults.CheckDuplicates(map, path);
        var parameters = new List<Parameter>();
        foreach (var (key, value) in map.Entries)
        {
            var (place, name) = (FaultList.Join(path, key.Text), FaultList.Join(prefix, key.Text));
            if (!Name().IsMatch(key.Text))
            {
                faults.Add(key, place, $"Parameter is '{Scalars.Shorten(key.Text)}', but must be {NameRule}. Rename it.");
            }
            else if (depth > MaximumDepth)
            {
                faults.Add(key, place, $"Parameter {key.Text} hangs on more than {MaximumDepth} others, but must not. Flatten the space.");
            }
            else if (Domain(value, place, name, depth) is { } domain && parameters.All(parameter => parameter.Path != name))
            {
                parameters.Add(new Parameter(name, domain));
            }
        }

        return parameters;
    }

    private Domain? Domain(YamlNode node, string path, string name, int depth)
    {
        var word = (node as YamlMap)?.Entries.Select(entry => entry.Key.Text).FirstOrDefault(RangeReader.Words.Contains);
        var known = new KnownParameter(name[(name.LastIndexOf('.') + 1)..], word == "int" ? ParameterValueKind.Whole : ParameterValueKind.Real, "") { Minimum = -1e300, Maximum = 1e300 };
        if (word == "int")
        {
            known = known with { Minimum = -(1L << 53), Maximum = 1L << 53 };
        }

        return word switch
        {
            "int" or "float" => new RangeReader(faults).Read(known, (YamlMap)node, word, path),
            not null => Choices((YamlMap)node, word, path, name, depth),
            null => ChoiceOf(node, path, name, depth) is not { } choice ? null : choice.Parameters.Count == 0 ? new FixedDomain(choice.Value) : new ChoiceDomain([choice]),
        };
    }

    private ChoiceDomain? Choices(YamlMap map, string word, string path, string name, int depth)
    {
        var choices = ChoiceList.Read(map, word, path, faults, item => ChoiceOf(item, path, name, depth));
        return choices.Count == 0 ? null : new ChoiceDomain(choices) { IsOrdered = word == "ordinal" };
    }

    /// <summary>One value, with the parameters that hang on it; null after a fault.</summary>
    private Choice? ChoiceOf(YamlNode node, string path, string name, int depth)
    {
        if (node is not YamlMap)
        {
            return Value(node, path, name) is { } value ? new(value, []) : null;
        }

        if (node is not YamlMap { Entries: [var (key, nested)] } || nested is not YamlMap and not YamlScalar || (nested is YamlScalar && !Scalars.IsNull(nested)) || !Name().IsMatch(key.Text))
        {
            var entries = ((YamlMap)node).Entries;
            var near = entries.Select(entry => Spelling.Nearest(entry.Key.Text, RangeReader.Words)).FirstOrDefault(word => word is not null);
            faults.Add(entries.Count > 0 ? entries[0].Key : node, path, $"{Last(name)} is a mapping, but must be a value, {{int: [low, high]}}, {{float: [low, high]}}, {{choice: [...]}}, {{ordinal: [...]}}, or one word with a mapping of its parameters. "
                + (near is null ? "Change it." : $"Did you mean '{near}'?"));
            return null;
        }

        var parameters = nested is YamlMap map ? Parameters(map, FaultList.Join(path, key.Text), FaultList.Join(name, key.Text), depth + 1) : [];
        return new(ParameterValue.Of(key.Text), parameters);
    }

    private ParameterValue? Value(YamlNode node, string path, string name)
    {
        if (FreeValues.Read(node) is { } value)
        {
            return value;
        }

        faults.Add(node, path, $"{Last(name)} is {Scalars.Describe(node)}, but must be a number, a word of at most {FreeValues.MaximumLength} characters that does not begin with '[', or a list of such. {Scalars.Advice(node, "Give such a value, or search with {float: [low, high]} or {choice: [...]}.")}");
        return null;
    }

    private static string Last(string name) => name[(name.LastIndexOf('.') + 1)..];

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]{0,59}\\z")]
    private static partial Regex Name();
}
