using System.Globalization;

namespace ApproxCluster.Trainer;

/// <summary>Which fields of a record are inputs and which are to be learned.</summary>
/// <param name="Names">All columns in order; their numbers from 1 where the file has no header.</param>
/// <param name="Inputs">Numbers (from 0) of the inputs, in the order of the file or as asked for.</param>
/// <param name="Targets">Numbers (from 0) of the columns to be learned, as asked for.</param>
internal sealed record CsvColumns(IReadOnlyList<string> Names, int[] Inputs, int[] Targets)
{
    /// <summary>A list of names separated by commas.</summary>
    public static string[] Split(string names) => names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Finds the columns in the file's first record, which <paramref name="reader"/> stands on.</summary>
    /// <param name="reader">The file.</param>
    /// <param name="path">Its path.</param>
    /// <param name="header">Whether the record holds names.</param>
    /// <param name="targets">Names of the columns to be learned.</param>
    /// <param name="inputs">Names of the inputs; none means all others.</param>
    public static CsvColumns Find(CsvReader reader, string path, bool header, string[] targets, string[] inputs)
    {
        var names = new List<string>();
        var faults = new CsvFaults();
        for (var i = 0; i < reader.FieldCount; i++)
        {
            var name = header ? reader.Field(i).Trim().ToString() : (i + 1).ToString(CultureInfo.InvariantCulture);
            if (names.Contains(name))
            {
                faults.Add($"{reader.Place(i)}: the column's name is '{name}', but must be another than that of column {names.IndexOf(name) + 1}.");
            }

            names.Add(name);
        }

        var asked = targets.Select(name => (option: "target", name)).Concat(inputs.Select(name => (option: "columns", name)));
        foreach (var (option, name) in asked.Where(pair => !names.Contains(pair.name)))
        {
            var known = string.Join(", ", names.Take(CsvFaults.Shown)) + (names.Count > CsvFaults.Shown ? ", ..." : "");
            faults.Add($"{path}: {option} is '{name}', but must be one of its columns: {known}.{Suggestion.For(name, names)}");
        }

        faults.ThrowIfAny("Correct the names.");
        int[] learned = [.. targets.Select(name => names.IndexOf(name))];
        int[] seen = inputs.Length > 0
            ? [.. inputs.Select(name => names.IndexOf(name))]
            : [.. Enumerable.Range(0, names.Count).Where(number => !learned.Contains(number))];
        return seen.Length > 0
            ? new CsvColumns(names, seen, learned)
            : throw new TargetException($"{path}: its number of input columns is 0, but must be at least 1. Add columns beside {string.Join(", ", targets)}; "
                + "check the delimiter.");
    }
}
