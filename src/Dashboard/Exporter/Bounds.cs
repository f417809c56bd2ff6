using System.Globalization;

namespace ApproxCluster.Dashboard;

/// <summary>Bounds of histogram buckets as text.</summary>
internal static class Bounds
{
    /// <summary>The value of <c>le</c>: in OpenMetrics its canonical form, which always shows a point or an exponent.</summary>
    public static string Text(double bound, ExpositionFormat format)
    {
        if (double.IsPositiveInfinity(bound))
        {
            return "+Inf";
        }

        var shortest = bound.ToString(CultureInfo.InvariantCulture);
        return format == ExpositionFormat.Text || !double.IsFinite(bound) ? shortest : Canonical(shortest);
    }

    /// <summary>As Go's %g writes it: an exponent of two digits below 1e-4 and from 1e6 on, and ".0" on whole numbers.</summary>
    private static string Canonical(string shortest)
    {
        var sign = shortest.StartsWith('-') ? "-" : "";
        var mantissa = shortest[sign.Length..];
        var exponent = 0;
        var e = mantissa.IndexOf('E', StringComparison.Ordinal);
        if (e >= 0)
        {
            exponent = int.Parse(mantissa.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            mantissa = mantissa[..e];
        }

        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? mantissa.Length : point;
        var all = mantissa.Replace(".", "", StringComparison.Ordinal);
        var zeros = all.Length - all.TrimStart('0').Length;
        var digits = all.Trim('0');
        if (digits.Length == 0)
        {
            return sign + "0.0";
        }

        // The value is 0.digits * 10^scale.
        var scale = whole - zeros + exponent;
        if (scale - 1 is < -4 or >= 6)
        {
            var fraction = digits.Length > 1 ? "." + digits[1..] : "";
            return string.Create(CultureInfo.InvariantCulture, $"{sign}{digits[0]}{fraction}e{(scale > 0 ? '+' : '-')}{Math.Abs(scale - 1):00}");
        }

        return scale <= 0 ? $"{sign}0.{new string('0', -scale)}{digits}"
            : scale >= digits.Length ? $"{sign}{digits}{new string('0', scale - digits.Length)}.0"
            : $"{sign}{digits[..scale]}.{digits[scale..]}";
    }
}
