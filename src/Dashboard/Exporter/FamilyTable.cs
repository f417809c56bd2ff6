using OpenTelemetry.Metrics;

namespace ApproxCluster.Dashboard;

/// <summary>A family of an exposition with the metrics that feed it.</summary>
internal sealed record Family(FamilyName Name, string Help, List<Metric> Metrics);

/// <summary>Sorts metrics into families. Where two want the same names and differ in type, the later metric is left out and counted.</summary>
internal sealed class FamilyTable
{
    private readonly Dictionary<string, Family> byClaim = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Family> families = new(StringComparer.Ordinal);

    /// <summary>Names no metric may have, because the exposition itself writes them.</summary>
    private static readonly Family Reserved = new(new("target", "", FamilyKind.Unknown), "", []);

    public FamilyTable()
    {
        byClaim["target"] = Reserved;
        byClaim["target_info"] = Reserved;
    }

    /// <summary>Families by name.</summary>
    public IEnumerable<Family> Families => families.Values;

    /// <summary>Metrics that were left out.</summary>
    public List<string> Dropped { get; } = [];

    /// <summary>Adds a metric.</summary>
    public void Add(Metric metric)
    {
        if (KindOf(metric.MetricType) is not { } kind)
        {
            Dropped.Add(metric.Name);
            return;
        }

        var name = PrometheusNames.Family(metric.Name, metric.Unit, kind);
        if (families.TryGetValue(name.Base, out var family) && family.Name.Kind == kind)
        {
            family.Metrics.Add(metric);
            if (family.Help.Length == 0 && metric.Description.Length > 0)
            {
                families[name.Base] = family with { Help = metric.Description };
            }

            return;
        }

        var claims = Claims(name).ToList();
        if (claims.Any(byClaim.ContainsKey))
        {
            Dropped.Add(metric.Name);
            return;
        }

        family = new Family(name, metric.Description, [metric]);
        families.Add(name.Base, family);
        claims.ForEach(claim => byClaim.Add(claim, family));
    }

    /// <summary>The type in an exposition; null where it has no form there.</summary>
    private static FamilyKind? KindOf(MetricType type) => type switch
    {
        MetricType.LongSum or MetricType.DoubleSum => FamilyKind.Counter,
        MetricType.Histogram => FamilyKind.Histogram,
        MetricType.ExponentialHistogram => null,
        MetricType.LongGauge or MetricType.DoubleGauge or MetricType.LongSumNonMonotonic or MetricType.DoubleSumNonMonotonic => FamilyKind.Gauge,
        _ => FamilyKind.Unknown,
    };

    /// <summary>The family's name and those of its samples: nobody else may use them.</summary>
    private static IEnumerable<string> Claims(FamilyName name) => name.Kind switch
    {
        FamilyKind.Counter => [name.Base, name.Sample],
        FamilyKind.Histogram => [name.Base, name.Base + "_bucket", name.Base + "_count", name.Base + "_sum"],
        _ => [name.Base],
    };
}
