using ApproxCluster.Search;

namespace ApproxCluster.Bench.Search;

/// <summary>A configuration by the names that a function gives its parameters.</summary>
internal sealed class Point(string function, Func<string, ParameterValue?> values)
{
    /// <summary>A number, whole or real.</summary>
    public double Number(string name) => Value(name).Number;

    /// <summary>A word.</summary>
    public string Word(string name) => Value(name).Word;

    /// <summary>x0, x1, ... as far as a shift goes, less the shift.</summary>
    public double[] Shifted(IReadOnlyList<double> shift) => [.. shift.Select((by, index) => Number(Axis(index)) - by)];

    /// <summary>The name of a continuous parameter without one of its own.</summary>
    public static string Axis(int index) => FormattableString.Invariant($"x{index}");

    private ParameterValue Value(string name) =>
        values(name) ?? throw new BenchException($"Space of {function} has no {name} here, but must have it: its family reads it. Name its parameters as the family does.");
}
