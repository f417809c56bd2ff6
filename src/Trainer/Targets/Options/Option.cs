using System.Globalization;

namespace ApproxCluster.Trainer;

/// <summary>Short ways to declare the options of a kind of target.</summary>
internal static class Option
{
    /// <summary>A whole number with its range.</summary>
    public static TargetOption Integer(string name, long value, string summary, long minimum, long maximum) =>
        new(name, TargetOptionType.Integer, value.ToString(CultureInfo.InvariantCulture), summary, minimum, maximum);

    /// <summary>A number with its range.</summary>
    public static TargetOption Number(string name, double value, string summary, double minimum, double maximum) =>
        new(name, TargetOptionType.Number, value.ToString("R", CultureInfo.InvariantCulture), summary, minimum, maximum);

    /// <summary>One of several words; null makes it required.</summary>
    public static TargetOption Choice(string name, string? value, string summary, params string[] choices) =>
        new(name, TargetOptionType.Choice, value, summary, Choices: choices);

    /// <summary>Any text; null makes it required, and empty text means left out.</summary>
    public static TargetOption Text(string name, string? value, string summary) => new(name, TargetOptionType.Text, value, summary);

    /// <summary>true or false.</summary>
    public static TargetOption Boolean(string name, bool value, string summary) =>
        new(name, TargetOptionType.Boolean, value ? "true" : "false", summary);
}
