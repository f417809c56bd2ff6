using System.Buffers.Binary;
using System.Globalization;

namespace ApproxCluster.Bench.Search;

/// <summary>The recorded results that some functions look up, each read once.</summary>
/// <param name="folder">The benchmark's folder, with <c>data</c> in it.</param>
internal sealed class Tables(string folder)
{
    private readonly Dictionary<string, double[]> known = new(StringComparer.Ordinal);

    /// <summary>Whether there is a table of that name.</summary>
    public bool Has(string name) => File.Exists(PathOf(name + ".f32"));

    /// <summary>A table of 32-bit numbers, row after row.</summary>
    public double[] Numbers(string name) => Known(name + ".f32", path =>
    {
        var bytes = File.ReadAllBytes(path);
        var values = new double[bytes.Length / sizeof(float)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * sizeof(float)));
        }

        return values;
    });

    /// <summary>A table of text with a head line, row after row.</summary>
    public double[] Text(string name) => Known(name + ".csv", path =>
        [.. File.ReadLines(path).Skip(1).SelectMany(line => line.Split(',')).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))]);

    private double[] Known(string file, Func<string, double[]> read)
    {
        lock (known)
        {
            if (!known.TryGetValue(file, out var table))
            {
                var path = PathOf(file);
                table = File.Exists(path) ? read(path) : throw new BenchException($"Table {path} is missing, but must be there. Give the benchmark's folder with --data.");
                known.Add(file, table);
            }

            return table;
        }
    }

    private string PathOf(string file) => Path.Combine(folder, "data", file);
}
