using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace ApproxCluster.Dashboard.Tests;

public class ManySeriesTests
{
    [Theory]
    [InlineData(10_000)]
    [InlineData(100_000)]
    public async Task Scrape_ManySeries_EqualsTheNaiveText(int series)
    {
        using var fixture = new MeterFixture();
        using var metrics = new Many(fixture.Name, series);
        var naive = new NaiveExporter();
        using var provider = Sdk.CreateMeterProviderBuilder().AddMeter(fixture.Name).SetMaxMetricStreams(2000).AddReader(new BaseExportingMetricReader(naive)).Build();

        var began = Stopwatch.GetTimestamp();
        var body = await fixture.RawAsync();
        var first = Stopwatch.GetElapsedTime(began);
        began = Stopwatch.GetTimestamp();
        body = await fixture.RawAsync();
        var second = Stopwatch.GetElapsedTime(began);
        naive.Collect!(Timeout.Infinite);
        began = Stopwatch.GetTimestamp();
        naive.Collect!(Timeout.Infinite);
        var naiveTime = Stopwatch.GetElapsedTime(began);

        var text = Encoding.UTF8.GetString(body);
        Assert.Equal(naive.Text, text[text.IndexOf("# TYPE m0", StringComparison.Ordinal)..]);
        TestContext.Current.TestOutputHelper?.WriteLine(
            FormattableString.Invariant($"{series} series, {body.Length} bytes: first {first.TotalMilliseconds:F1} ms, then {second.TotalMilliseconds:F1} ms; naive {naiveTime.TotalMilliseconds:F1} ms; ratio {naiveTime / second:F1}"));
    }

    private sealed class Many : IDisposable
    {
        private const int PerMetric = 1000;
        private readonly Meter meter;

        public Many(string name, int series)
        {
            meter = new Meter(name);
            var tags = Enumerable.Range(0, PerMetric)
                .Select(i => new KeyValuePair<string, object?>[] { new("sweep_id", "quickstart-3f9a"), new("trial_id", i.ToString(System.Globalization.CultureInfo.InvariantCulture)), new("metric", "accu\"racy") })
                .ToArray();
            for (var m = 0; m < series / PerMetric; m++)
            {
                var scale = 0.1 / (m + 1);
                meter.CreateObservableGauge($"m{m}", () => tags.Select((labels, i) => new Measurement<double>(i * scale, labels)));
            }
        }

        public void Dispose() => meter.Dispose();
    }
}
