namespace ApproxCluster.Search;

/// <summary>Short ways to write rows of the tables.</summary>
internal static class Known
{
    /// <summary>A whole number.</summary>
    public static KnownParameter Count(string name, string summary, double low, double high, long otherwise) =>
        new(name, ParameterValueKind.Whole, summary) { Minimum = low, Maximum = high, Default = ParameterValue.Of(otherwise) };

    /// <summary>A real number.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="summary">One line for people.</param>
    /// <param name="low">Smallest value.</param>
    /// <param name="high">Largest value.</param>
    /// <param name="otherwise">The default, or null.</param>
    /// <param name="above">Whether it must be above the smallest value.</param>
    /// <param name="below">Whether it must be below the largest value.</param>
    public static KnownParameter Number(
        string name, string summary, double low, double high, double? otherwise, bool above = false, bool below = false) =>
        new(name, ParameterValueKind.Real, summary)
        {
            Minimum = low,
            Maximum = high,
            AboveMinimum = above,
            BelowMaximum = below,
            Default = otherwise is { } value ? ParameterValue.Of(value) : null,
        };

    /// <summary>A word, each perhaps with parameters of its own.</summary>
    public static KnownParameter Choice(string name, string summary, string otherwise, params IReadOnlyList<Variant> variants) =>
        new(name, ParameterValueKind.Word, summary) { Default = ParameterValue.Of(otherwise), Variants = variants };

    /// <summary>true or false.</summary>
    public static KnownParameter Flag(string name, string summary, bool otherwise) =>
        new(name, ParameterValueKind.Word, summary) { IsFlag = true, Default = ParameterValue.Of(otherwise ? "true" : "false") };
}
