using ApproxCluster.Search;

namespace ApproxCluster.Bench.Search;

/// <summary>A configuration by the names that a function gives its parameters.</summary>
internal sealed class Point(string function, Func<string, ParameterValue?> values)
{
    /// <summary>A number, whole or real.</summary>
    public double Number(string name) => Value(name).Number;

    /// <summary>The place of a word among those that the family knows.</summary>
    public int Word(string name, params ReadOnlySpan<string> words)
    {
        var word = Value(name).ToString();
        return words.IndexOf(word) is >= 0 and var place
            ? place
            : throw new BenchException($"Choice of {name} in {function} is '{word}', but must be one of {string.Join(", ", words!)}.");
    }

    /// <summary>A whole number from 0 up to a bound.</summary>
    public int Digit(string name, int bound) => Value(name).Whole is >= 0 and var digit && digit < bound
        ? (int)digit
        : throw new BenchException(FormattableString.Invariant($"Value of {name} in {function} is {Value(name)}, but must be from 0 to {bound - 1}."));

    /// <summary>x0, x1, ... as far as a shift goes, less the shift.</summary>
    public double[] Shifted(IReadOnlyList<double> shift) => [.. shift.Select((by, index) => Number(Axis(index)) - by)];

    /// <summary>The name of a continuous parameter without one of its own.</summary>
    public static string Axis(int index) => FormattableString.Invariant($"x{index}");

    private ParameterValue Value(string name) =>
        values(name) ?? throw new BenchException($"Space of {function} has no {name} here, but must have it: its family reads it. Name its parameters as the family does.");
}
