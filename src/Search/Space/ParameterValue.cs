using System.Globalization;

namespace ApproxCluster.Search;

/// <summary>The value of a parameter: a whole number, a real number or a word.</summary>
public readonly record struct ParameterValue
{
    private readonly double real;
    private readonly long whole;
    private readonly string? word;

    private ParameterValue(ParameterValueKind kind, long whole, double real, string? word)
    {
        Kind = kind;
        this.whole = whole;
        this.real = real;
        this.word = word;
    }

    /// <summary>Which of the three it is.</summary>
    public ParameterValueKind Kind { get; }

    /// <summary>The whole number; throws for other kinds.</summary>
    public long Whole => Kind == ParameterValueKind.Whole ? whole : throw Wrong(ParameterValueKind.Whole);

    /// <summary>The number, whole or real; throws for a word.</summary>
    public double Number => Kind switch
    {
        ParameterValueKind.Whole => whole,
        ParameterValueKind.Real => real,
        _ => throw Wrong(ParameterValueKind.Real),
    };

    /// <summary>The word; throws for numbers.</summary>
    public string Word => Kind == ParameterValueKind.Word ? word! : throw Wrong(ParameterValueKind.Word);

    /// <summary>A whole number.</summary>
    public static ParameterValue Of(long value) => new(ParameterValueKind.Whole, value, 0, null);

    /// <summary>A real number.</summary>
    public static ParameterValue Of(double value) => new(ParameterValueKind.Real, 0, value, null);

    /// <summary>A word.</summary>
    public static ParameterValue Of(string value) => new(ParameterValueKind.Word, 0, 0, value ?? throw new ArgumentNullException(nameof(value)));

    /// <summary>The shortest text that reads back to the same value, in the invariant culture.</summary>
    public override string ToString() => Kind switch
    {
        ParameterValueKind.Whole => whole.ToString(CultureInfo.InvariantCulture),
        ParameterValueKind.Real => real.ToString("R", CultureInfo.InvariantCulture),
        _ => word ?? "",
    };

    private InvalidOperationException Wrong(ParameterValueKind wanted) => new($"Value is {this}, a {Kind}, but must be a {wanted}. Ask for what the parameter's domain holds.");
}

/// <summary>Kinds of parameter values.</summary>
public enum ParameterValueKind
{
    /// <summary>No value.</summary>
    None,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>A real number.</summary>
    Real,

    /// <summary>A word.</summary>
    Word,
}
