using System.Globalization;
using ApproxCluster.Search;

namespace ApproxCluster.Client.Rendering;

/// <summary>Numbers as people read them: short in tables, with units; machines get JSON and CSV with every digit.</summary>
internal static class Numbers
{
    private static readonly string[] Prefixes = ["", "k", "M", "G", "T", "P", "E"];

    /// <summary>Up to four significant digits.</summary>
    public static string Short(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }

        var size = Math.Abs(value);
        return value == 0 ? "0"
            : size is < 1e-4 or >= 1e5 ? value.ToString("0.###e+0", CultureInfo.InvariantCulture)
            : value.ToString(size < 1 ? "G4" : "G5", CultureInfo.InvariantCulture);
    }

    /// <summary>As <see cref="Short(double)"/>, or a dash.</summary>
    public static string Short(double? value) => value is { } known ? Short(known) : "-";

    /// <summary>A parameter's value.</summary>
    public static string Short(ParameterValue value) => value.Kind == ParameterValueKind.Real ? Short(value.Number) : value.ToString();

    /// <summary>A metric in a column: a fixed number of digits, so that the eye can compare.</summary>
    public static string Fixed(double value) =>
        double.IsFinite(value) && Math.Abs(value) is >= 0.001 and < 1000 or 0 ? value.ToString("0.0000", CultureInfo.InvariantCulture) : Short(value);

    /// <summary>A large count with a prefix: 3 significant digits.</summary>
    public static string Large(double value)
    {
        var step = 0;
        while (Math.Abs(value) >= 999.5 && step < Prefixes.Length - 1)
        {
            value /= 1000;
            step++;
        }

        return value.ToString(Math.Abs(value) >= 100 ? "0" : "0.##", CultureInfo.InvariantCulture) + (step == 0 ? "" : " " + Prefixes[step]);
    }

    /// <summary>A whole number with thousands set apart.</summary>
    public static string Whole(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A duration: two units at most.</summary>
    public static string Duration(TimeSpan time) => time.TotalSeconds switch
    {
        < 0.9995 => Terminal.Text($"{time.TotalMilliseconds:0} ms"),
        < 9.95 => Terminal.Text($"{time.TotalSeconds:0.0} s"),
        < 59.5 => Terminal.Text($"{time.TotalSeconds:0} s"),
        < 3570 => Terminal.Text($"{(int)time.TotalMinutes} min {time.Seconds:00} s"),
        < 86400 => Terminal.Text($"{(int)time.TotalHours} h {time.Minutes:00} min"),
        _ => Terminal.Text($"{(int)time.TotalDays} d {time.Hours} h"),
    };
}
