using System.Globalization;

namespace ApproxCluster.Trainer;

/// <summary>The rows of a CSV file as numbers.</summary>
/// <param name="Path">The file.</param>
/// <param name="Columns">Which columns were read.</param>
/// <param name="Rows">Number of rows.</param>
/// <param name="Inputs">[Rows x inputs].</param>
/// <param name="Values">Numbers to be learned, [Rows x targets]; empty where they are words.</param>
/// <param name="Labels">Class of each row, [Rows]; empty where numbers are learned.</param>
/// <param name="Classes">The words of the classes, in ordinal order.</param>
internal sealed record CsvTable(string Path, CsvColumns Columns, int Rows, float[] Inputs, float[] Values, int[] Labels, IReadOnlyList<string> Classes)
{
    /// <summary>Most rows.</summary>
    public const int MaximumRows = 10_000_000;

    /// <summary>Most classes.</summary>
    public const int MaximumClasses = 1_000;

    /// <summary>Reads a file. All faults of its fields are reported at once.</summary>
    /// <param name="path">The file.</param>
    /// <param name="delimiter">What separates fields.</param>
    /// <param name="header">Whether the first record holds names.</param>
    /// <param name="targets">Names of the columns to be learned.</param>
    /// <param name="inputs">Names of the inputs; none means all others.</param>
    /// <param name="classify">Whether the target's words are classes; else they are numbers.</param>
    public static CsvTable Read(string path, char delimiter, bool header, string[] targets, string[] inputs, bool classify)
    {
        using var reader = new CsvReader(path, delimiter);
        if (!reader.Read())
        {
            throw new TargetException($"{path}: it is empty, but must hold {(header ? "a header and " : "")}rows. Fill it.");
        }

        var columns = CsvColumns.Find(reader, path, header, targets, inputs);
        var rows = new Gatherer(columns, classify);
        if (!header || reader.Read())
        {
            do
            {
                rows.Add(reader, path);
            }
            while (reader.Read());
        }

        return rows.Finish(path);
    }

    private sealed class Gatherer(CsvColumns columns, bool classify)
    {
        private readonly List<float> inputs = [];
        private readonly List<float> values = [];
        private readonly List<int> labels = [];
        private readonly Dictionary<string, int> words = new(StringComparer.Ordinal);
        private readonly CsvFaults faults = new();
        private int count;

        public void Add(CsvReader reader, string path)
        {
            if (++count > MaximumRows || (long)count * Math.Max(columns.Inputs.Length, columns.Targets.Length) > TargetDefinition.MaximumValues)
            {
                throw new TargetException($"{reader.Place(0)}: the table has {count} rows of {columns.Inputs.Length} inputs, but must have at most "
                    + $"{MaximumRows} rows and {TargetDefinition.MaximumValues} values. Use a smaller file, or name fewer columns.");
            }

            if (reader.FieldCount != columns.Names.Count)
            {
                faults.Add($"{reader.Place(0)}: the row's number of fields is {reader.FieldCount}, but must be {columns.Names.Count}, as in the first row.");
                return;
            }

            foreach (var number in columns.Inputs)
            {
                inputs.Add(Number(reader, number));
            }

            foreach (var number in columns.Targets)
            {
                if (classify)
                {
                    labels.Add(Class(reader, number, path));
                }
                else
                {
                    values.Add(Number(reader, number));
                }
            }
        }

        public CsvTable Finish(string path)
        {
            faults.ThrowIfAny("Correct these fields, or choose the inputs with columns.");
            if (count == 0)
            {
                throw new TargetException($"{path}: its number of rows is 0, but must be at least 3. Add rows.");
            }

            if (classify && words.Count < 2)
            {
                throw new TargetException($"{path}: its number of classes is {words.Count}, but must be at least 2. "
                    + $"Check that {columns.Names[columns.Targets[0]]} is the column to be learned.");
            }

            string[] classes = [.. words.Keys.Order(StringComparer.Ordinal)];
            var places = classes.Select((word, place) => (first: words[word], place)).OrderBy(pair => pair.first).Select(pair => pair.place).ToArray();
            return new CsvTable(path, columns, count, [.. inputs], [.. values], [.. labels.Select(first => places[first])], classes);
        }

        private float Number(CsvReader reader, int number)
        {
            var text = reader.Field(number);
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && float.IsFinite((float)value))
            {
                return (float)value;
            }

            faults.Add(reader.Place(number), columns.Names[number], text, "a finite number");
            return 0;
        }

        private int Class(CsvReader reader, int number, string path)
        {
            var text = reader.Field(number).Trim();
            if (text.IsEmpty)
            {
                faults.Add(reader.Place(number), columns.Names[number], text, "the name of a class");
                return 0;
            }

            var known = words.GetAlternateLookup<ReadOnlySpan<char>>();
            if (!known.TryGetValue(text, out var first))
            {
                first = words.Count;
                if (first == MaximumClasses)
                {
                    throw new TargetException($"{path}: {columns.Names[number]} has more than {MaximumClasses} classes, but must have at most that. "
                        + "For numbers use task: regression.");
                }

                known[text] = first;
            }

            return first;
        }
    }
}
