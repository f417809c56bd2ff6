using System.Globalization;

namespace ApproxCluster.Client.Rendering;

/// <summary>Comma-separated values (RFC 4180) with every digit of a number, in the invariant culture; NaN and infinities are empty.</summary>
internal static class Csv
{
    /// <summary>Writes a row.</summary>
    public static void Row(TextWriter writer, IEnumerable<string> cells) => writer.WriteLine(string.Join(',', cells.Select(Quote)));

    /// <summary>A whole number or nothing.</summary>
    public static string Cell(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";

    /// <summary>A number or nothing.</summary>
    public static string Cell(double? value) => value is { } known && double.IsFinite(known) ? known.ToString("R", CultureInfo.InvariantCulture) : "";

    private static string Quote(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
