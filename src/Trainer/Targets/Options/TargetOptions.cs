using System.Globalization;

namespace ApproxCluster.Trainer;

/// <summary>The options of one configuration, read and completed with defaults.</summary>
internal sealed class TargetOptions
{
    private readonly Dictionary<string, object> values = new(StringComparer.Ordinal);
    private readonly HashSet<string> given = new(StringComparer.Ordinal);

    private TargetOptions()
    {
    }

    /// <summary>Reads what is sound and adds a fault for each option that is not.</summary>
    public static TargetOptions Read(TargetKind kind, IReadOnlyDictionary<string, string> texts, List<TargetFault> faults)
    {
        var options = new TargetOptions();
        foreach (var name in texts.Keys.Where(name => kind.Options.All(option => option.Name != name)).Order(StringComparer.Ordinal))
        {
            var known = kind.Options.Select(option => option.Name).ToArray();
            faults.Add(new(name, $"{name} is {OptionText.Quote(texts[name])}, but must be left out: {kind.Name} has no such option. Its options are "
                + $"{string.Join(", ", known)}.{Suggestion.For(name, known)}"));
        }

        foreach (var option in kind.Options)
        {
            if (texts.TryGetValue(option.Name, out var text))
            {
                options.given.Add(option.Name);
            }
            else
            {
                text = option.Default;
            }

            if (string.IsNullOrEmpty(text) && option.Default is null)
            {
                faults.Add(new(option.Name, $"{option.Name} is missing, but must be given: {option.Summary} Add it to the target's options."));
            }
            else if (OptionText.Parse(option, text ?? "") is { } value)
            {
                options.values.Add(option.Name, value);
            }
            else
            {
                faults.Add(new(option.Name, OptionText.Fault(option, text ?? "")));
            }
        }

        return options;
    }

    /// <summary>Whether all of the options have sound values, so that a rule about them can be checked.</summary>
    public bool Sound(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (!values.ContainsKey(name))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the option was stated, even if with its default.</summary>
    public bool Given(string name) => given.Contains(name);

    /// <summary>A whole number.</summary>
    public int Integer(string name) => (int)(long)values[name];

    /// <summary>A number.</summary>
    public double Number(string name) => (double)values[name];

    /// <summary>A text or choice.</summary>
    public string Text(string name) => (string)values[name];

    /// <summary>true or false.</summary>
    public bool Boolean(string name) => (bool)values[name];

    /// <summary>A number as messages show it.</summary>
    internal static string Show(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
