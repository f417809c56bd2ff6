using System.Globalization;

namespace ApproxCluster.Dashboard;

/// <summary>Formats of an exposition.</summary>
internal enum ExpositionFormat
{
    /// <summary>Prometheus text format 0.0.4.</summary>
    Text,

    /// <summary>OpenMetrics 1.0.0.</summary>
    OpenMetrics,
}

/// <summary>What a client's <c>Accept</c> comes to.</summary>
/// <param name="Format">The format.</param>
/// <param name="ContentType">What the answer says of itself.</param>
internal readonly record struct Negotiated(ExpositionFormat Format, string ContentType)
{
    private const string TextType = "text/plain; version=0.0.4; charset=utf-8";
    private const string OpenMetricsType = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    /// <summary>The best of what the client accepts; text where nothing fits. Equal weights: OpenMetrics.</summary>
    public static Negotiated From(string? accept)
    {
        var (text, open, escaping) = (0.0, 0.0, false);
        foreach (var entry in (accept ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = entry.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length == 0)
            {
                continue;
            }

            var weight = Weight(Parameter(parts, "q"));
            var version = Parameter(parts, "version");
            switch (parts[0].ToLowerInvariant())
            {
                case "application/openmetrics-text" when version is null or "1.0.0":
                    escaping |= weight > 0 && Parameter(parts, "escaping") is not null;
                    open = Math.Max(open, weight);
                    break;
                case "text/plain" when version is null or "0.0.4":
                case "text/*" or "*/*":
                    text = Math.Max(text, weight);
                    break;
                default:
                    break;
            }
        }

        return open > 0 && open >= text
            ? new(ExpositionFormat.OpenMetrics, escaping ? OpenMetricsType + "; escaping=underscores" : OpenMetricsType)
            : new(ExpositionFormat.Text, TextType);
    }

    /// <summary>Whether <c>Accept-Encoding</c> allows gzip.</summary>
    public static bool TakesGzip(string? acceptEncoding)
    {
        foreach (var entry in (acceptEncoding ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = entry.Split(';', StringSplitOptions.TrimEntries);
            if (parts[0].Equals("gzip", StringComparison.OrdinalIgnoreCase))
            {
                return Weight(Parameter(parts, "q")) > 0;
            }
        }

        return false;
    }

    private static string? Parameter(string[] parts, string name)
    {
        foreach (var part in parts.AsSpan(1))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && part.AsSpan(0, equals).Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return part[(equals + 1)..].Trim().Trim('"');
            }
        }

        return null;
    }

    private static double Weight(string? q) =>
        q is null ? 1
        : double.TryParse(q, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight) && weight is >= 0 and <= 1 ? weight
        : 0;
}
