namespace ApproxCluster.Search;

/// <summary>The settings of a sampler or a pruner as a file states them, defaults filled in.</summary>
internal sealed class SettingValues
{
    private readonly Dictionary<string, ParameterValue?> values = new(StringComparer.Ordinal);

    /// <summary>Reads settings from their mapping.</summary>
    /// <param name="known">What may stand there.</param>
    /// <param name="reader">The mapping; null for the defaults.</param>
    public SettingValues(IReadOnlyList<KnownParameter> known, EntryReader? reader)
    {
        foreach (var setting in known)
        {
            values[setting.Name] = (reader is null ? setting.Default : reader.Value(setting)) ?? setting.Default;
        }

        reader?.Finish();
    }

    /// <summary>true or false as a value.</summary>
    public static ParameterValue Of(bool flag) => ParameterValue.Of(flag ? "true" : "false");

    /// <summary>A number as a value, or none.</summary>
    public static ParameterValue? Of(int? number) => number is { } known ? ParameterValue.Of((long)known) : null;

    /// <summary>A number as a value, or none.</summary>
    public static ParameterValue? Of(double? number) => number is { } known ? ParameterValue.Of(known) : null;

    /// <summary>Whether a setting without a default is given.</summary>
    public bool Has(string name) => values[name] is not null;

    /// <summary>A whole number.</summary>
    public int Whole(string name) => (int)values[name]!.Value.Whole;

    /// <summary>A whole number, or null where it is left out.</summary>
    public int? OptionalWhole(string name) => Has(name) ? Whole(name) : null;

    /// <summary>A real number.</summary>
    public double Number(string name) => values[name]!.Value.Number;

    /// <summary>A real number, or null where it is left out.</summary>
    public double? OptionalNumber(string name) => Has(name) ? Number(name) : null;

    /// <summary>true or false.</summary>
    public bool Flag(string name) => Word(name) == "true";

    /// <summary>A word.</summary>
    public string Word(string name) => values[name]!.Value.Word;
}
