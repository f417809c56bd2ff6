using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace ApproxCluster.Dashboard;

/// <summary>What one collection noticed beside its text.</summary>
/// <param name="Series">Sample lines.</param>
/// <param name="Overflowed">Metrics that ran over their limit of label sets.</param>
/// <param name="Dropped">Metrics and series left out for conflicts.</param>
internal readonly record struct ExpositionFigures(int Series, int Overflowed, int Dropped);

/// <summary>
/// Writes a batch of metrics as an exposition. Keeps its buffer and the bytes of every series' labels from one collection to the next; not for
/// concurrent use.
/// </summary>
internal sealed class Exposition(bool scopeLabels, int byteLimit)
{
    private const string OverflowTag = "otel_metric_overflow";

    private readonly ByteWriter output = new(byteLimit);
    private readonly Dictionary<Metric, LabelCache> caches = [];
    private readonly HashSet<LabelBlock> seen = [];
    private long collection;
    private int series;

    /// <summary>The text of the last <see cref="Write"/>.</summary>
    public ReadOnlySpan<byte> Written => output.Written;

    /// <summary>Writes a batch in a format.</summary>
    public ExpositionFigures Write(in Batch<Metric> batch, Resource resource, ExpositionFormat format)
    {
        output.Clear();
        collection++;
        series = 0;
        var table = new FamilyTable();
        foreach (var metric in batch)
        {
            table.Add(metric);
        }

        var (overflowed, duplicates) = (0, 0);
        WriteTarget(resource, format);
        foreach (var family in table.Families)
        {
            WriteFamily(family, format, ref overflowed, ref duplicates);
        }

        if (format == ExpositionFormat.OpenMetrics)
        {
            output.Raw("# EOF\n"u8);
        }

        foreach (var (metric, cache) in caches)
        {
            if (cache.Collection != collection)
            {
                caches.Remove(metric);
            }
        }

        return new(series, overflowed, table.Dropped.Count + duplicates);
    }

    private void WriteTarget(Resource resource, ExpositionFormat format)
    {
        var open = format == ExpositionFormat.OpenMetrics;
        output.Raw(open ? "# TYPE target info\n# HELP target Where the metrics come from.\n"u8 : "# HELP target_info Where the metrics come from.\n# TYPE target_info gauge\n"u8);
        var labels = LabelBlock.From([], resource.Attributes.Select(pair => KeyValuePair.Create(pair.Key, (object?)pair.Value)), withoutLe: false);
        new SampleName("target_info"u8.ToArray(), labels.Bytes).WriteTo(output, default, null);
        output.Raw("1\n"u8);
        series++;
    }

    private void WriteFamily(Family family, ExpositionFormat format, ref int overflowed, ref int duplicates)
    {
        seen.Clear();
        var name = Encoding.UTF8.GetBytes(family.Name.Kind == FamilyKind.Histogram ? family.Name.Base : family.Name.Sample);
        var begun = false;
        foreach (var metric in family.Metrics)
        {
            var cache = CacheOf(metric);
            var place = 0;
            foreach (ref readonly var point in metric.GetMetricPoints())
            {
                overflowed += point.Tags.Count == 1 && IsOverflow(point.Tags) ? 1 : 0;
                var labels = cache.At(place++, point.Tags);
                if (!seen.Add(labels))
                {
                    duplicates++;
                    continue;
                }

                if (!begun)
                {
                    begun = true;
                    WriteHead(family, format);
                }

                series += PointWriter.Write(output, new SampleName(name, labels.Bytes), metric.MetricType, in point, format);
            }
        }
    }

    private void WriteHead(Family family, ExpositionFormat format)
    {
        var open = format == ExpositionFormat.OpenMetrics;
        var name = open ? family.Name.Base : family.Name.Sample;
        if (family.Help.Length > 0)
        {
            output.Raw("# HELP "u8);
            output.Text(name);
            output.Raw(' ');
            output.Escaped(family.Help, quotes: open);
            output.Raw('\n');
        }

        output.Raw("# TYPE "u8);
        output.Text(name);
        output.Raw(family.Name.Kind switch
        {
            FamilyKind.Counter => " counter\n"u8,
            FamilyKind.Gauge => " gauge\n"u8,
            FamilyKind.Histogram => " histogram\n"u8,
            _ => open ? " unknown\n"u8 : " untyped\n"u8,
        });
        if (open && family.Name.StatesUnit)
        {
            output.Raw("# UNIT "u8);
            output.Text(name);
            output.Raw(' ');
            output.Text(family.Name.Unit);
            output.Raw('\n');
        }
    }

    private LabelCache CacheOf(Metric metric)
    {
        if (!caches.TryGetValue(metric, out var cache))
        {
            cache = new LabelCache(scopeLabels ? Scope.Labels(metric) : [], metric.MetricType == MetricType.Histogram);
            caches.Add(metric, cache);
        }

        cache.Collection = collection;
        return cache;
    }

    private static bool IsOverflow(ReadOnlyTagCollection tags)
    {
        foreach (var tag in tags)
        {
            return tag.Key is OverflowTag or "otel.metric.overflow";
        }

        return false;
    }
}
