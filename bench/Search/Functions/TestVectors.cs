using System.Globalization;
using System.Text.Json;

namespace ApproxCluster.Bench.Search;

/// <summary>Compares the functions with the benchmark's <c>spec/test_vectors.csv</c>.</summary>
internal static class TestVectors
{
    /// <summary>What the comparison came to.</summary>
    /// <param name="Checked">Lines that agree, by function.</param>
    /// <param name="Faults">Those that do not.</param>
    public sealed record Result(IReadOnlyDictionary<string, int> Checked, IReadOnlyList<string> Faults);

    /// <summary>Compares every line: to 1e-9 relative or 1e-12 absolute.</summary>
    /// <param name="folder">The benchmark's folder.</param>
    public static Result Check(string folder)
    {
        var functions = FunctionFile.Read(Path.Combine(folder, "spec", "functions.json"), new Tables(folder)).ToDictionary(function => function.Name, StringComparer.Ordinal);
        var agreeing = functions.Keys.ToDictionary(name => name, _ => 0, StringComparer.Ordinal);
        var faults = new List<string>();
        foreach (var line in File.ReadLines(Path.Combine(folder, "spec", "test_vectors.csv")).Skip(1))
        {
            var cells = CsvLine.Split(line);
            var isNoise = cells[0].StartsWith('#');
            var (first, second) = isNoise ? Noise(cells) : Values(functions[cells[0]], cells);
            if (Agree(first, cells[5]) && (isNoise ? second.ToString(CultureInfo.InvariantCulture) == cells[6] : Agree((double)second, cells[6])))
            {
                agreeing[cells[0]] = agreeing.GetValueOrDefault(cells[0]) + 1;
            }
            else
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{line}: is {first}, {second}"));
            }
        }

        faults.AddRange(agreeing.Where(pair => pair.Value == 0).Select(pair => $"{pair.Key}: no line agrees"));
        return new Result(agreeing, faults);
    }

    private static (double First, IConvertible Second) Noise(IReadOnlyList<string> cells)
    {
        var (a, b, c, d) = (Whole(cells[4]), Whole(cells[1]), Whole(cells[2]), Whole(cells[3]));
        return (CounterNoise.Normal(a, b, c, d), CounterNoise.Hash(a, b, c, d));
    }

    private static (double First, IConvertible Second) Values(BenchFunction function, IReadOnlyList<string> cells)
    {
        using var document = JsonDocument.Parse(cells[4]);
        var point = new Point(function.Name, name => document.RootElement.TryGetProperty(name, out var value) ? SpaceJson.Value(value) : null);
        var (seed, trial) = (Whole(cells[1]), Whole(cells[2]));
        switch (function.Objective)
        {
            case ICurveObjective curve:
                var (observed, truth) = curve.Curve(point, seed, trial);
                var epoch = (int)Whole(cells[3]);
                return (observed[epoch - 1], truth[epoch - 1]);
            case IPairObjective pair:
                return pair.Evaluate(point);
            default:
                return ((IScalarObjective)function.Objective).Evaluate(point, seed, trial);
        }
    }

    private static ulong Whole(string cell) => ulong.Parse(cell, CultureInfo.InvariantCulture);

    private static bool Agree(double actual, string cell)
    {
        var expected = double.Parse(cell, CultureInfo.InvariantCulture);
        return Math.Abs(actual - expected) <= Math.Max(1e-12, 1e-9 * Math.Abs(expected));
    }
}
