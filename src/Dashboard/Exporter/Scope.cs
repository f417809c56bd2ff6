using OpenTelemetry.Metrics;

namespace ApproxCluster.Dashboard;

/// <summary>Labels that say which meter a series is of.</summary>
internal static class Scope
{
    /// <summary>
    /// <c>otel_scope_name</c>, <c>_version</c>, <c>_schema_url</c> where stated, and the meter's tags as <c>otel_scope_KEY</c>; tags that would take
    /// one of the three are left out.
    /// </summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Labels(Metric metric)
    {
        var labels = new List<KeyValuePair<string, string>>();
        Add("otel_scope_name", metric.MeterName);
        Add("otel_scope_version", metric.MeterVersion);
        Add("otel_scope_schema_url", metric.MeterSchemaUrl);
        var tags = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in (metric.MeterTags ?? []).OrderBy(tag => tag.Key, StringComparer.Ordinal))
        {
            var name = PrometheusNames.Label("otel_scope_" + key);
            if (name is not ("otel_scope_name" or "otel_scope_version" or "otel_scope_schema_url"))
            {
                tags[name] = tags.TryGetValue(name, out var before) ? $"{before};{LabelBlock.ValueText(value)}" : LabelBlock.ValueText(value);
            }
        }

        labels.AddRange(tags);
        return labels;

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                labels.Add(new(name, value));
            }
        }
    }
}
