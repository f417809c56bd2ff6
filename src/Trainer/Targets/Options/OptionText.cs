using System.Globalization;

namespace ApproxCluster.Trainer;

/// <summary>Reads the text of one option by its type, or words the fault.</summary>
internal static class OptionText
{
    /// <summary>The value (long, double, string or bool), or null when the text breaks the option's rule.</summary>
    public static object? Parse(TargetOption option, string text) => option.Type switch
    {
        TargetOptionType.Integer =>
            long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) && InRange(option, whole) ? whole : null,
        TargetOptionType.Number =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                && InRange(option, number) ? number : null,
        TargetOptionType.Choice => option.Choices!.Contains(text) ? text : null,
        TargetOptionType.Boolean => text switch { "true" => true, "false" => false, _ => null },
        _ => text,
    };

    /// <summary>Name, value, rule and what to do.</summary>
    public static string Fault(TargetOption option, string text)
    {
        var rule = option.Type switch
        {
            TargetOptionType.Integer => $"a whole number{Range(option)}",
            TargetOptionType.Number => $"a number{Range(option)}",
            TargetOptionType.Boolean => "true or false",
            _ => $"one of {string.Join(", ", option.Choices ?? [])}",
        };
        var advice = option.Default is null ? "Correct it." : $"Correct it, or leave it out for {option.Default}.";
        return $"{option.Name} is {Quote(text)}, but must be {rule}. {advice}{Suggestion.For(text, option.Choices ?? [])}";
    }

    /// <summary>A text in quotes, cut short where it is long.</summary>
    public static string Quote(string text) => text.Length <= 100 ? $"'{text}'" : $"'{text.AsSpan(0, 97)}...'";

    private static bool InRange(TargetOption option, double value) => !(value < option.Minimum) && !(value > option.Maximum);

    private static string Range(TargetOption option) => option switch
    {
        { Minimum: { } low, Maximum: { } high } => $" from {TargetOptions.Show(low)} to {TargetOptions.Show(high)}",
        { Minimum: { } low } => $" of at least {TargetOptions.Show(low)}",
        { Maximum: { } high } => $" of at most {TargetOptions.Show(high)}",
        _ => "",
    };
}
