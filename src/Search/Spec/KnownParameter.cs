using System.Globalization;

namespace ApproxCluster.Search;

/// <summary>
/// A parameter of a trial or a setting of a sweep: its type, range, default and meaning. The parser, the JSON Schema, the reference and
/// the trainer's configuration all follow from these rows.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Whole, real or word.</param>
/// <param name="Summary">One line for people.</param>
internal sealed record KnownParameter(string Name, ParameterValueKind Kind, string Summary)
{
    /// <summary>Value when it is left out; null when that is decided elsewhere.</summary>
    public ParameterValue? Default { get; init; }

    /// <summary>
    /// Whether it is off, and no part of the configuration, where the space does not name it. So a parameter that is added later leaves the
    /// canonical text, and with it the digest, of every older sweep as it was.
    /// </summary>
    public bool IsOptional { get; init; }

    /// <summary>Smallest number.</summary>
    public double Minimum { get; init; } = double.MinValue;

    /// <summary>Largest number.</summary>
    public double Maximum { get; init; } = double.MaxValue;

    /// <summary>Whether the minimum itself is out of range.</summary>
    public bool AboveMinimum { get; init; }

    /// <summary>Whether the maximum itself is out of range.</summary>
    public bool BelowMaximum { get; init; }

    /// <summary>The allowed words, each with the parameters that only it has.</summary>
    public IReadOnlyList<Variant> Variants { get; init; } = [];

    /// <summary>Whether the value is a list of whole numbers (<c>widths</c>), held as a word such as "512,512".</summary>
    public bool IsList { get; init; }

    /// <summary>Whether the value is true or false, held as a word.</summary>
    public bool IsFlag { get; init; }

    /// <summary>Whether the value is another pruner, or a list of them.</summary>
    public Nesting Nesting { get; init; }

    /// <summary>Most items of a list.</summary>
    public static int MaximumItems => 64;

    /// <summary>Most pruners of a list.</summary>
    public static int MaximumPruners => 16;

    /// <summary>Completes "must be".</summary>
    public string Rule => Kind switch
    {
        _ when IsFlag => "true or false",
        _ when Nesting == Nesting.One => "a pruner",
        _ when Nesting == Nesting.Many => "a list of pruners",
        _ when IsList => FormattableString.Invariant($"a list of at most {MaximumItems} whole numbers from {Minimum} to {Maximum}"),
        ParameterValueKind.Word => $"one of {string.Join(", ", Variants.Select(variant => variant.Name))}",
        ParameterValueKind.Whole => FormattableString.Invariant($"a whole number from {Show(Minimum)} to {Show(Maximum)}"),
        _ when !AboveMinimum && !BelowMaximum => FormattableString.Invariant($"a number from {Minimum} to {Maximum}"),
        _ => FormattableString.Invariant(
            $"a number {(AboveMinimum ? "above" : "of at least")} {Minimum} and {(BelowMaximum ? "below" : "at most")} {Maximum}"),
    };

    /// <summary>Whether a number is in range.</summary>
    public bool InRange(double value) =>
        double.IsFinite(value)
        && (AboveMinimum ? value > Minimum : value >= Minimum)
        && (BelowMaximum ? value < Maximum : value <= Maximum);

    /// <summary>The variant with a name, or null.</summary>
    public Variant? Find(string name) => Variants.FirstOrDefault(variant => variant.Name == name);

    private static string Show(double bound) =>
        bound >= ulong.MaxValue ? ulong.MaxValue.ToString(CultureInfo.InvariantCulture) : bound.ToString("R", CultureInfo.InvariantCulture);
}

/// <summary>A word that a parameter may be, with parameters of its own.</summary>
/// <param name="Name">The word.</param>
/// <param name="Summary">One line for people.</param>
/// <param name="Parameters">What it adds.</param>
internal sealed record Variant(string Name, string Summary, params IReadOnlyList<KnownParameter> Parameters);

/// <summary>Whether a setting holds methods like the one that it belongs to.</summary>
internal enum Nesting
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>One of them.</summary>
    One,

    /// <summary>A list of them.</summary>
    Many,
}
