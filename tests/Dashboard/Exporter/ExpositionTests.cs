using System.Diagnostics.Metrics;

namespace ApproxCluster.Dashboard.Tests;

/// <summary>What instruments become, by way of the real SDK; every body passes the strict reader.</summary>
public class ExpositionTests
{
    [Fact]
    public async Task Scrape_NoMetrics_HasTheTargetAlone()
    {
        using var fixture = new MeterFixture();

        var text = await fixture.ScrapeAsync();
        var open = await fixture.ScrapeAsync(openMetrics: true);

        Assert.StartsWith("# HELP target_info Where the metrics come from.\n# TYPE target_info gauge\ntarget_info{", text, StringComparison.Ordinal);
        Assert.Contains("service_instance_id=\"i\\\"1\",service_name=\"test\"", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE target info\n", open, StringComparison.Ordinal);
        Assert.EndsWith("} 1\n# EOF\n", open, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scrape_Counter_IsNamedByFormat()
    {
        using var fixture = new MeterFixture();
        var counter = fixture.Meter.CreateCounter<long>("work.done", "By", "A \"quoted\" \\ help\nof two lines");
        _ = fixture.Pipeline;
        counter.Add(5, new KeyValuePair<string, object?>("ok", true));

        Assert.Equal(
            ["# HELP work_done_bytes_total A \"quoted\" \\\\ help\\nof two lines", "# TYPE work_done_bytes_total counter", "work_done_bytes_total{ok=\"true\"} 5"],
            await fixture.LinesAsync("work"));
        Assert.Equal(
            ["# HELP work_done_bytes A \\\"quoted\\\" \\\\ help\\nof two lines", "# TYPE work_done_bytes counter", "# UNIT work_done_bytes bytes", "work_done_bytes_total{ok=\"true\"} 5"],
            await fixture.LinesAsync("work", openMetrics: true));
    }

    [Fact]
    public async Task Scrape_UpDownCounterAndGauges_AreGauges()
    {
        using var fixture = new MeterFixture();
        var queue = fixture.Meter.CreateUpDownCounter<long>("queue");
        var level = fixture.Meter.CreateGauge<double>("level");
        fixture.Meter.CreateObservableGauge("seen", () => double.NegativeInfinity);
        _ = fixture.Pipeline;
        queue.Add(-3);
        level.Record(double.NaN);

        Assert.Equal(["# TYPE queue gauge", "queue -3"], await fixture.LinesAsync("queue"));
        Assert.Equal(["# TYPE level gauge", "level NaN"], await fixture.LinesAsync("level", openMetrics: true));
        Assert.Equal(["# TYPE seen gauge", "seen -Inf"], await fixture.LinesAsync("seen"));
    }

    [Fact]
    public async Task Scrape_Histogram_IsCumulativeAndDropsTagLe()
    {
        using var fixture = new MeterFixture();
        var histogram = fixture.Meter.CreateHistogram("h", "s", null, [new("le", "no")], new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1] });
        _ = fixture.Pipeline;
        foreach (var value in new[] { 0.1, 0.7, 0.8, 7 })
        {
            histogram.Record(value, new("le", "mine"), new("x", 1));
        }

        Assert.Equal(
            ["# TYPE h_seconds histogram", "h_seconds_bucket{x=\"1\",le=\"0.5\"} 1", "h_seconds_bucket{x=\"1\",le=\"1\"} 3", "h_seconds_bucket{x=\"1\",le=\"+Inf\"} 4", "h_seconds_sum{x=\"1\"} 8.6", "h_seconds_count{x=\"1\"} 4"],
            await fixture.LinesAsync("h_"));
        Assert.Contains("h_seconds_bucket{x=\"1\",le=\"1.0\"} 3", await fixture.LinesAsync("h_", openMetrics: true));
    }

    [Fact]
    public async Task Scrape_HistogramWithNegativeBounds_HasNoSumInOpenMetrics()
    {
        using var fixture = new MeterFixture();
        var histogram = fixture.Meter.CreateHistogram("h", null, null, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [-1, 1] });
        _ = fixture.Pipeline;
        histogram.Record(-5);

        Assert.Contains("h_sum -5", await fixture.LinesAsync("h_"));
        Assert.Equal(["h_bucket{le=\"-1.0\"} 1", "h_bucket{le=\"1.0\"} 1", "h_bucket{le=\"+Inf\"} 1"], await fixture.LinesAsync("h_", openMetrics: true));
    }

    [Fact]
    public async Task Scrape_HistogramWithNothingRecorded_IsAbsent()
    {
        using var fixture = new MeterFixture();
        fixture.Meter.CreateHistogram<double>("h");

        Assert.Empty(await fixture.LinesAsync("h"));
    }

    [Fact]
    public async Task Scrape_AwkwardTags_BecomeSoundLabels()
    {
        using var fixture = new MeterFixture();
        fixture.Meter.CreateObservableGauge("g", () => new Measurement<long>(
            long.MinValue,
            new("a.b", "2"),
            new("a_b", 1.5),
            new("", null),
            new("quote", "say \"\\\n"),
            new("smile", "\U0001F600"),
            new("lone", "x" + '\udc00')));

        Assert.Equal(
            "g{_=\"\",a_b=\"2;1.5\",lone=\"x\ufffd\",quote=\"say \\\"\\\\\\n\",smile=\"\U0001F600\"} -9223372036854775808",
            (await fixture.LinesAsync("g"))[1]);
    }

    [Fact]
    public async Task Scrape_TagsThatCleanToOneSeries_KeepsTheFirst()
    {
        using var fixture = new MeterFixture();
        fixture.Meter.CreateObservableGauge("g", () => new Measurement<long>[] { new(1, new("a.b", "x"), new("c", 1)), new(2, new("c", 1), new("a_b", "x")) });

        Assert.Equal(["# TYPE g gauge", "g{a_b=\"x\",c=\"1\"} 1"], await fixture.LinesAsync("g"));
    }

    [Fact]
    public async Task Scrape_SameNameOtherType_DropsTheLater()
    {
        using var fixture = new MeterFixture();
        fixture.Meter.CreateObservableGauge("x.y", () => 1);
        fixture.Meter.CreateObservableCounter("x_y", () => 2L);
        fixture.Meter.CreateObservableGauge("target", () => 3);

        var lines = await fixture.LinesAsync("x_y", openMetrics: true);

        Assert.Equal(["# TYPE x_y gauge", "x_y 1"], lines);
    }

    [Fact]
    public async Task Scrape_SampleNameOfAnotherFamily_DropsTheLater()
    {
        using var fixture = new MeterFixture();
        var histogram = fixture.Meter.CreateHistogram<double>("h");
        fixture.Meter.CreateObservableGauge("h.count", () => 1);
        _ = fixture.Pipeline;
        histogram.Record(1);

        Assert.Equal(["h_count 1"], await fixture.LinesAsync("h_count"));
    }

    [Fact]
    public async Task Scrape_TwoMetersOneName_AreOneFamilyToldApartByScope()
    {
        using var fixture = new MeterFixture(scopeLabels: true);
        using var other = new Meter(new MeterOptions(fixture.Name) { Version = "2", Tags = [new("sweep.id", "s-1"), new("name", "never")], TelemetrySchemaUrl = "http://schema" });
        fixture.Meter.CreateObservableGauge("g", () => 1, null, "First help");
        other.CreateObservableGauge("g", () => 2, null, "Other help");

        Assert.Equal(
            ["# HELP g First help", "# TYPE g gauge", $"g{{otel_scope_name=\"{fixture.Name}\"}} 1", $"g{{otel_scope_name=\"{fixture.Name}\",otel_scope_schema_url=\"http://schema\",otel_scope_sweep_id=\"s-1\",otel_scope_version=\"2\"}} 2"],
            await fixture.LinesAsync("g"));
    }

    [Fact]
    public async Task Scrape_TwoMetersWithoutScopeLabels_KeepsOneSeries()
    {
        using var fixture = new MeterFixture();
        using var other = new Meter(new MeterOptions(fixture.Name) { Version = "2" });
        fixture.Meter.CreateObservableGauge("g", () => 1);
        other.CreateObservableGauge("g", () => 2);

        Assert.Equal(["# TYPE g gauge", "g 1"], await fixture.LinesAsync("g"));
    }

    [Fact]
    public async Task Scrape_MeterDisposedAndMadeAgain_LeavesAndReturns()
    {
        using var fixture = new MeterFixture();
        var options = new MeterOptions(fixture.Name) { Tags = [new("block", "0")] };
        using (var first = new Meter(options))
        {
            first.CreateObservableGauge("g", () => 1);
            Assert.Contains("g 1", await fixture.LinesAsync("g"));
        }

        using var second = new Meter(options);
        second.CreateObservableGauge("g", () => 2);
        Assert.Contains("g 2", await fixture.LinesAsync("g"));
        second.Dispose();
        _ = await fixture.LinesAsync("g");

        Assert.Empty(await fixture.LinesAsync("g"));
    }

    [Fact]
    public async Task Scrape_ObservedTagSetsChange_LabelsFollow()
    {
        using var fixture = new MeterFixture();
        var shown = new[] { "a", "b" };
        fixture.Meter.CreateObservableGauge("g", () => shown.Select(name => new Measurement<int>(1, new KeyValuePair<string, object?>("n", name))));

        Assert.Equal(["g{n=\"a\"} 1", "g{n=\"b\"} 1"], (await fixture.LinesAsync("g"))[1..]);
        shown = ["b", "c"];
        Assert.Equal(["g{n=\"b\"} 1", "g{n=\"c\"} 1"], (await fixture.LinesAsync("g"))[1..]);
    }
}
