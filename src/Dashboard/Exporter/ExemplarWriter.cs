using OpenTelemetry.Metrics;

namespace ApproxCluster.Dashboard;

/// <summary>Writes the latest exemplar of a counter or bucket, behind its value.</summary>
internal static class ExemplarWriter
{
    private const int LabelLimit = 128;

    /// <summary>Writes the latest exemplar with above &lt; value &lt;= upTo, if there is one.</summary>
    public static void Write(ByteWriter output, in MetricPoint point, bool whole, double above, double upTo)
    {
        if (!point.TryGetExemplars(out var exemplars))
        {
            return;
        }

        var latest = default(Exemplar);
        foreach (ref readonly var exemplar in exemplars)
        {
            var value = whole ? exemplar.LongValue : exemplar.DoubleValue;
            if (value > above && value <= upTo && (latest.Timestamp == default || exemplar.Timestamp > latest.Timestamp))
            {
                latest = exemplar;
            }
        }

        if (latest.Timestamp == default)
        {
            return;
        }

        output.Raw(" # {"u8);
        WriteLabels(output, in latest);
        output.Raw("} "u8);
        if (whole)
        {
            output.Number(latest.LongValue);
        }
        else
        {
            output.Number(latest.DoubleValue);
        }

        output.Raw(' ');
        output.Number(latest.Timestamp.ToUnixTimeMilliseconds() / 1000.0);
    }

    /// <summary>The trace first, then tags while the whole set stays within the limit of characters.</summary>
    private static void WriteLabels(ByteWriter output, in Exemplar exemplar)
    {
        var used = 0;
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (exemplar.TraceId != default)
        {
            Add("trace_id", exemplar.TraceId.ToHexString());
            Add("span_id", exemplar.SpanId.ToHexString());
        }

        foreach (var (key, value) in exemplar.FilteredTags)
        {
            Add(PrometheusNames.Label(key), LabelBlock.ValueText(value));
        }

        void Add(string name, string value)
        {
            var size = name.EnumerateRunes().Count() + value.EnumerateRunes().Count();
            if (used + size > LabelLimit || !names.Add(name))
            {
                return;
            }

            if (used > 0)
            {
                output.Raw(',');
            }

            used += size;
            output.Text(name);
            output.Raw("=\""u8);
            output.Escaped(value, quotes: true);
            output.Raw('"');
        }
    }
}
