using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace ApproxCluster.Dashboard.Tests;

/// <summary>The exporter as one would first write it, with strings: the oracle of gauges, and what the time is compared with.</summary>
[ExportModes(ExportModes.Pull)]
internal sealed class NaiveExporter : BaseExporter<Metric>, IPullMetricExporter
{
    public Func<int, bool>? Collect { get; set; }

    public string Text { get; private set; } = "";

    public override ExportResult Export(in Batch<Metric> batch)
    {
        var text = new StringBuilder();
        var metrics = new List<Metric>();
        foreach (var metric in batch)
        {
            metrics.Add(metric);
        }

        foreach (var family in metrics.GroupBy(metric => PrometheusNames.Family(metric.Name, metric.Unit, FamilyKind.Gauge).Sample).OrderBy(family => family.Key, StringComparer.Ordinal))
        {
            text.Append("# TYPE ").Append(family.Key).Append(" gauge\n");
            foreach (var metric in family)
            {
                foreach (ref readonly var point in metric.GetMetricPoints())
                {
                    var labels = new List<string>();
                    foreach (var (key, value) in point.Tags)
                    {
                        var escaped = LabelBlock.ValueText(value).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
                        labels.Add($"{PrometheusNames.Label(key)}=\"{escaped}\"");
                    }

                    labels.Sort(StringComparer.Ordinal);
                    text.Append(family.Key).Append('{').AppendJoin(',', labels).Append("} ")
                        .Append(point.GetGaugeLastValueDouble().ToString(CultureInfo.InvariantCulture)).Append('\n');
                }
            }
        }

        Text = text.ToString();
        return ExportResult.Success;
    }
}
