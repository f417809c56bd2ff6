namespace ApproxCluster.Search;

/// <summary>Rules of sweep names.</summary>
internal static class SweepNames
{
    private const int MaximumLength = 60;

    /// <summary>Completes "must be".</summary>
    public static string Rule => FormattableString.Invariant($"1 to {MaximumLength} letters, digits, '-', '_' or '.'");

    /// <summary>Whether a name keeps the rule.</summary>
    public static bool IsValid(string name) => name.Length is > 0 and <= MaximumLength && name.All(IsAllowed);

    /// <summary>A name from a file's: without folder and ending, other characters replaced by '-'.</summary>
    public static string FromFile(string file)
    {
        var start = file.LastIndexOfAny(['/', '\\']) + 1;
        var end = file.LastIndexOf('.') is var dot && dot > start ? dot : file.Length;
        var name = new string([.. file[start..end].Take(MaximumLength).Select(letter => IsAllowed(letter) ? letter : '-')]);
        return name.Length == 0 ? "sweep" : name;
    }

    private static bool IsAllowed(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.';
}
