using System.Diagnostics.Metrics;
using System.Text;

namespace ApproxCluster.Dashboard.Tests;

/// <summary>A meter of its own name with a pipeline that exposes it alone, on a clock that stands.</summary>
internal sealed class MeterFixture : IDisposable
{
    private static int number;
    private readonly Lazy<MetricsPipeline> pipeline;

    public MeterFixture(bool scopeLabels = false, int byteLimit = 1 << 28, TimeProvider? time = null)
    {
        Name = $"Test{Interlocked.Increment(ref number)}";
        Meter = new Meter(Name);
        pipeline = new(() => new MetricsPipeline(
            new DashboardOptions { ServiceName = "test", InstanceName = "i\"1", Meters = [Name], ScopeLabels = scopeLabels, MetricsByteLimit = byteLimit },
            null,
            time ?? Time));
    }

    public string Name { get; }

    public Meter Meter { get; }

    public ManualTime Time { get; } = new();

    public MetricsPipeline Pipeline => pipeline.Value;

    /// <summary>A fresh scrape that the strict reader finds no fault with.</summary>
    public async Task<string> ScrapeAsync(bool openMetrics = false)
    {
        var body = await RawAsync(openMetrics);
        Assert.Empty(ExpositionValidator.Check(body, openMetrics));
        return Encoding.UTF8.GetString(body);
    }

    /// <summary>A fresh scrape, unchecked.</summary>
    public Task<byte[]> RawAsync(bool openMetrics = false)
    {
        Time.Advance(TimeSpan.FromSeconds(1));
        return Pipeline.ScrapeAsync(openMetrics ? ExpositionFormat.OpenMetrics : ExpositionFormat.Text);
    }

    /// <summary>The sample and metadata lines of names that begin so.</summary>
    public async Task<string[]> LinesAsync(string prefix, bool openMetrics = false) =>
        [.. (await ScrapeAsync(openMetrics)).Split('\n').Where(line => line.Replace("# TYPE ", "").Replace("# HELP ", "").Replace("# UNIT ", "").StartsWith(prefix, StringComparison.Ordinal))];

    public void Dispose()
    {
        if (pipeline.IsValueCreated)
        {
            pipeline.Value.Dispose();
        }

        Meter.Dispose();
    }
}
