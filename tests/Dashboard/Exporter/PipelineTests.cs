using System.Diagnostics.Metrics;

namespace ApproxCluster.Dashboard.Tests;

/// <summary>Collections: shared, cached, failing, forgotten.</summary>
public class PipelineTests
{
    [Fact]
    public async Task ScrapeAsync_ManyAtOnce_ShareOneCollection()
    {
        using var fixture = new MeterFixture();
        using var release = new ManualResetEventSlim();
        var calls = 0;
        fixture.Meter.CreateObservableGauge("g", () =>
        {
            release.Wait();
            return Interlocked.Increment(ref calls);
        });

        var scrapes = Enumerable.Range(0, 10).Select(_ => fixture.Pipeline.ScrapeAsync(ExpositionFormat.OpenMetrics)).ToList();
        release.Set();
        var bodies = await Task.WhenAll(scrapes);

        Assert.Equal(1, calls);
        Assert.All(bodies, body => Assert.Same(bodies[0], body));
    }

    [Fact]
    public async Task ScrapeAsync_BothFormatsAtOnce_EachGetsItsOwn()
    {
        using var fixture = new MeterFixture();
        fixture.Meter.CreateObservableGauge("g", () => 1);

        var bodies = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => fixture.Pipeline.ScrapeAsync(i % 2 == 0 ? ExpositionFormat.Text : ExpositionFormat.OpenMetrics)));

        Assert.All(bodies.Index(), pair => Assert.Empty(ExpositionValidator.Check(pair.Item, openMetrics: pair.Index % 2 == 1)));
    }

    [Fact]
    public async Task ScrapeAsync_YoungText_IsServedAgainUntilItIsOld()
    {
        using var fixture = new MeterFixture();
        var calls = 0;
        fixture.Meter.CreateObservableGauge("g", () => ++calls);

        await fixture.Pipeline.ScrapeAsync(ExpositionFormat.Text);
        fixture.Time.Advance(TimeSpan.FromMilliseconds(299));
        await fixture.Pipeline.ScrapeAsync(ExpositionFormat.Text);
        Assert.Equal(1, calls);

        fixture.Time.Advance(TimeSpan.FromMilliseconds(1));
        await fixture.Pipeline.ScrapeAsync(ExpositionFormat.Text);
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task ScrapeAsync_TooLarge_FailsAndTheNextWorks()
    {
        using var fixture = new MeterFixture(byteLimit: 2000);
        var many = true;
        fixture.Meter.CreateObservableGauge("g", () => Enumerable.Range(0, many ? 100 : 1).Select(i => new Measurement<int>(i, new KeyValuePair<string, object?>("long_label_name", i))));

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => fixture.RawAsync());
        Assert.Contains("at most", fault.Message, StringComparison.Ordinal);

        many = false;
        Assert.Contains("g{long_label_name=\"0\"} 0", await fixture.LinesAsync("g"));
    }

    [Fact]
    public async Task ScrapeAsync_CallbackThrows_OthersAreThere()
    {
        using var fixture = new MeterFixture();
        fixture.Meter.CreateObservableGauge("bad", new Func<int>(() => throw new InvalidOperationException("no")));
        fixture.Meter.CreateObservableGauge("good", () => 1);

        Assert.Contains("good 1", await fixture.LinesAsync("good"));
    }

    [Fact]
    public async Task ScrapeAsync_AfterDispose_Throws()
    {
        using var fixture = new MeterFixture();
        await fixture.ScrapeAsync();
        fixture.Pipeline.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => fixture.RawAsync());
    }

    [Fact]
    public async Task SelfCollection_NobodyScrapes_CollectsOnceAMinute()
    {
        using var fixture = new MeterFixture();
        var calls = 0;
        fixture.Meter.CreateObservableGauge("g", () => ++calls);
        await fixture.ScrapeAsync();
        Assert.Equal(1, calls);

        fixture.Time.Advance(TimeSpan.FromMinutes(3));

        Assert.InRange(calls, 2, 4);
    }

    [Fact]
    public async Task SelfCollection_SomebodyScrapes_StaysAway()
    {
        using var fixture = new MeterFixture();
        var calls = 0;
        fixture.Meter.CreateObservableGauge("g", () => ++calls);
        for (var i = 0; i < 20; i++)
        {
            fixture.Time.Advance(TimeSpan.FromSeconds(14));
            await fixture.ScrapeAsync();
        }

        Assert.Equal(20, calls);
    }

    [Fact]
    public async Task ScrapeAsync_MetersComeAndGoUnscraped_StreamsAreFreed()
    {
        using var fixture = new MeterFixture();
        _ = fixture.Pipeline;
        for (var i = 0; i < 600; i++)
        {
            using var meter = new Meter(new MeterOptions(fixture.Name) { Tags = [new("sweep", i)] });
            for (var j = 0; j < 40; j++)
            {
                meter.CreateObservableGauge($"g{j}", () => 1);
            }

            if (i % 100 == 99)
            {
                fixture.Time.Advance(TimeSpan.FromMinutes(2));
            }
        }

        fixture.Meter.CreateObservableGauge("late", () => 1);

        Assert.Contains("late 1", await fixture.LinesAsync("late"));
    }

    [Fact]
    public async Task Fill_OtherCollectionsRun_ComesThrough()
    {
        using var fixture = new MeterFixture();
        fixture.Meter.CreateObservableGauge("g", () => 1);
        _ = fixture.Pipeline;
        using var stop = new CancellationTokenSource();
        var flushing = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                fixture.Pipeline.Flush();
            }
        });

        for (var i = 0; i < 200; i++)
        {
            Assert.Contains("g 1", await fixture.LinesAsync("g"));
        }

        await stop.CancelAsync();
        await flushing;
    }
}
