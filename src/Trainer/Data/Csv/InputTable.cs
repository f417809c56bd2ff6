using System.Globalization;

namespace ApproxCluster.Trainer;

/// <summary>Inputs to predict for, from CSV. Columns are found by name where the first row holds names, else by place.</summary>
public sealed class InputTable
{
    private readonly List<float> numbers = [];
    private readonly CsvFaults faults = new();
    private readonly CsvReader reader;
    private readonly string path;
    private readonly IReadOnlyList<string> columns;

    private InputTable(CsvReader reader, string path, char delimiter, IReadOnlyList<string> columns)
    {
        (this.reader, this.path, this.columns) = (reader, path, columns);
        if (!reader.Read())
        {
            throw new TargetException($"{path}: it is empty, but must hold rows of {Wanted}. Fill it.");
        }

        var header = IsHeader();
        var (places, fields) = (header ? ByName(delimiter) : ByPlace(), reader.FieldCount);
        if (!header || reader.Read())
        {
            do
            {
                Add(places, fields);
            }
            while (reader.Read());
        }

        faults.ThrowIfAny("Correct these fields.");
        X = [.. numbers];
    }

    /// <summary>Inputs, [Rows x columns], row-major.</summary>
    public float[] X { get; }

    /// <summary>Rows.</summary>
    public int Rows => X.Length / columns.Count;

    private string Wanted => string.Join(", ", columns.Take(CsvFaults.Shown)) + (columns.Count > CsvFaults.Shown ? ", ..." : "");

    /// <summary>Reads a file, or a stream in its place. All faults of its fields are reported at once, as a <see cref="TargetException"/>.</summary>
    /// <param name="path">The file, or the stream's name for messages.</param>
    /// <param name="stream">Read in place of the file; null to open it.</param>
    /// <param name="delimiter">What separates fields.</param>
    /// <param name="columns">
    /// Names of the inputs. With a header they are picked from its columns, in any order. Without one, rows must have just as many fields, or the names must be numbers of
    /// columns, from 1.
    /// </param>
    public static InputTable Read(string path, Stream? stream, char delimiter, IReadOnlyList<string> columns)
    {
        using var reader = stream is null ? new CsvReader(path, delimiter) : new CsvReader(stream, path, delimiter);
        return new InputTable(reader, path, delimiter, columns);
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out float number)
    {
        var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && float.IsFinite((float)value);
        number = (float)value;
        return isNumber;
    }

    /// <summary>Whether the first row has a field that is no number; names that are numbers make no header.</summary>
    private bool IsHeader()
    {
        for (var i = 0; i < reader.FieldCount; i++)
        {
            if (!TryNumber(reader.Field(i), out _))
            {
                return true;
            }
        }

        return false;
    }

    private int[] ByName(char delimiter)
    {
        var names = Enumerable.Range(0, reader.FieldCount).Select(i => reader.Field(i).Trim().ToString()).ToList();
        foreach (var column in columns.Where(column => names.Count(name => name == column) != 1))
        {
            faults.Add($"{path}: columns named '{column}' are {names.Count(name => name == column)}, but must be 1; the first row has "
                + $"{string.Join(", ", names.Take(CsvFaults.Shown))}{(names.Count > CsvFaults.Shown ? ", ..." : "")}.{Suggestion.For(column, names.Except(columns))}");
        }

        faults.ThrowIfAny(names.Count == 1 && columns.Count > 1 ? $"Correct the first row; what separates its fields must be {Word(delimiter)}." : "Correct the first row.");
        return [.. columns.Select(column => names.IndexOf(column))];
    }

    private static string Word(char delimiter) => delimiter == '\t' ? "a tab" : $"'{delimiter}'";

    private int[] ByPlace()
    {
        if (reader.FieldCount == columns.Count)
        {
            return [.. Enumerable.Range(0, columns.Count)];
        }

        int[] numbered = [.. columns.Select(column => int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number - 1 : -1)];
        return numbered.All(place => place >= 0 && place < reader.FieldCount)
            ? numbered
            : throw new TargetException($"{reader.Place(0)}: the row's number of fields is {reader.FieldCount}, but must be {columns.Count} ({Wanted}). "
                + "Give a first row of names, or these columns alone.");
    }

    private void Add(int[] places, int fields)
    {
        if (numbers.Count + places.Length > TargetDefinition.MaximumValues)
        {
            throw new TargetException($"{reader.Place(0)}: the table has more than {TargetDefinition.MaximumValues} values, but must have at most that. Split it.");
        }

        if (reader.FieldCount != fields)
        {
            faults.Add($"{reader.Place(0)}: the row's number of fields is {reader.FieldCount}, but must be {fields}, as in the first row.");
            return;
        }

        for (var i = 0; i < places.Length; i++)
        {
            var field = reader.Field(places[i]);
            if (!TryNumber(field, out var number))
            {
                faults.Add(reader.Place(places[i]), columns[i], field, "a finite number");
            }

            numbers.Add(number);
        }
    }
}
