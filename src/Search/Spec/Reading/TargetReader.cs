using System.Globalization;
using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// Reads the target: a kind alone, or a mapping of <c>kind</c> and its options. Options come out in one spelling (1e3 as 1000) and with every
/// default that may stand beside the others, so that equal targets are equal texts and a later change of a default changes no old sweep.
/// </summary>
internal sealed class TargetReader(TargetRules rules, FaultList faults)
{
    private readonly SortedDictionary<string, string> options = new(StringComparer.Ordinal);
    private readonly Dictionary<string, YamlNode> places = new(StringComparer.Ordinal);

    /// <summary>The target, or null after a fault.</summary>
    public TargetConfiguration? Read(YamlNode? node)
    {
        var kind = node switch
        {
            null => null,
            _ when Scalars.IsNull(node) => Refuse(node),
            YamlScalar scalar => Kind(scalar),
            YamlMap map => ReadMap(map),
            _ => Refuse(node),
        };
        if (kind is null)
        {
            return null;
        }

        var given = new TargetConfiguration(kind, options);
        var found = rules.Check(given);
        foreach (var fault in found)
        {
            faults.Add(places.GetValueOrDefault(fault.Option, node!), FaultList.Join("target", fault.Option), fault.Message);
        }

        return found.Count == 0 ? Complete(given) : null;
    }

    private string? ReadMap(YamlMap map)
    {
        faults.CheckDuplicates(map, "target");
        if (map.Find("kind") is not { Value: YamlScalar kind })
        {
            faults.Add(
                map.Find("kind")?.Value ?? map,
                "target.kind",
                $"kind is {(map.Find("kind") is { } entry ? Scalars.Describe(entry.Value) : "missing")}, but must be one of {Names()}. Write 'kind: curve'.");
            return null;
        }

        foreach (var (key, value) in map.Entries.Where(entry => entry.Key.Text != "kind"))
        {
            var option = rules.Option(kind.Text, key.Text);
            if (Text(value, option) is { } text)
            {
                options[key.Text] = text;
                places[key.Text] = option is null ? key : value;
            }
            else
            {
                faults.Add(value, $"target.{key.Text}", $"{Scalars.Shorten(key.Text)} is {Scalars.Describe(value)}, but must be a single value. Give it one, or delete the line.");
            }
        }

        return Kind(kind);
    }

    private string Kind(YamlScalar scalar)
    {
        places["kind"] = scalar;
        return scalar.Text;
    }

    private string? Refuse(YamlNode node)
    {
        faults.Add(node, "target", $"target is {Scalars.Describe(node)}, but must be a kind of target, one of {Names()}, or a mapping with one. Write 'target: curve'.");
        return null;
    }

    private string Names() => string.Join(", ", rules.Kinds.Select(kind => kind.Name));

    /// <summary>The option's text in one spelling; null for what is no single value. A list of words is joined with commas.</summary>
    private static string? Text(YamlNode node, TargetOption? option) => node switch
    {
        _ when Scalars.IsNull(node) => null,
        YamlScalar scalar => Spell(scalar, option),
        YamlList list when option is { Type: TargetOptionType.Text } && list.Items.All(item => item is YamlScalar) =>
            string.Join(',', list.Items.Select(item => ((YamlScalar)item).Text)),
        _ => null,
    };

    private static string Spell(YamlScalar scalar, TargetOption? option)
    {
        var plain = scalar with { Quoted = false };
        return option?.Type switch
        {
            TargetOptionType.Integer when Scalars.TryWhole(plain, out var whole) => whole.ToString(CultureInfo.InvariantCulture),
            TargetOptionType.Number when Scalars.TryReal(plain, out var real) => real.ToString("R", CultureInfo.InvariantCulture),
            TargetOptionType.Boolean when Scalars.TryFlag(plain, out var flag) => flag ? "true" : "false",
            _ => scalar.Text,
        };
    }

    private TargetConfiguration Complete(TargetConfiguration given)
    {
        var kind = rules.Kinds.FirstOrDefault(known => known.Name == given.Kind);
        var defaults = (kind?.Options ?? []).Where(option => !string.IsNullOrEmpty(option.Default) && !given.Options.ContainsKey(option.Name)).ToList();
        while (true)
        {
            var filled = new SortedDictionary<string, string>(options, StringComparer.Ordinal);
            defaults.ForEach(option => filled[option.Name] = option.Default!);
            var complete = given with { Options = filled };
            var refused = rules.Check(complete).Select(fault => fault.Option).ToHashSet(StringComparer.Ordinal);
            if (defaults.RemoveAll(option => refused.Contains(option.Name)) == 0)
            {
                return refused.Count == 0 ? complete : given;
            }
        }
    }
}
