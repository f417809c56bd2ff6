using System.Diagnostics.Metrics;
using System.Reflection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace ApproxCluster.Dashboard;

/// <summary>
/// The process's meters on their way to <c>/metrics</c>: the SDK's provider, our exporter, one collection shared among concurrent scrapes, and a
/// collection now and then when nobody scrapes, because the SDK frees what an ended sweep held only while collecting.
/// </summary>
internal sealed class MetricsPipeline : IDisposable
{
    /// <summary>A text this young is served again.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(300);

    /// <summary>Our trial meters hold this many trials each, so no stream ever needs more label sets.</summary>
    private const int StreamLimit = 16_384;

    private readonly PullExporter exporter;
    private readonly MeterProvider provider;
    private readonly TimeProvider time;
    private readonly ITimer selfCollection;
    private readonly TimeSpan selfInterval;
    private readonly Lock gate = new();
    private readonly SemaphoreSlim oneAtATime = new(1);
    private readonly Dictionary<ExpositionFormat, Shared> shared = [];
    private readonly SweepMetrics? metrics;
    private long lastCollection;
    private bool disposed;

    /// <summary>Builds the provider. Of our own meters it takes those of <paramref name="metrics"/> alone.</summary>
    public MetricsPipeline(DashboardOptions options, SweepMetrics? metrics, TimeProvider time)
    {
        this.time = time;
        this.metrics = metrics;
        exporter = new PullExporter(options);
        var builder = Sdk.CreateMeterProviderBuilder()
            .SetMaxMetricStreams(StreamLimit)
            .ConfigureResource(resource => resource.Clear()
                .AddService(options.ServiceName, serviceVersion: Version, autoGenerateServiceInstanceId: false, serviceInstanceId: options.InstanceName)
                .AddTelemetrySdk())
            .AddView(instrument => ViewOf(instrument, metrics))
            .AddReader(new BaseExportingMetricReader(exporter));
        foreach (var meter in options.Meters)
        {
            builder.AddMeter(meter);
        }

        if (metrics is not null)
        {
            builder.AddMeter(Catalogue.ProcessMeter, Catalogue.SweepMeter, Catalogue.TrialMeter);
        }

        provider = builder.Build();
        metrics?.Process.Begin();
        lastCollection = time.GetTimestamp();
        selfInterval = options.SelfCollection;
        selfCollection = time.CreateTimer(_ => CollectIfForgotten(), null, selfInterval, selfInterval);
    }

    private static string Version => typeof(MetricsPipeline).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    /// <summary>The text in a format. Shared with whoever else asks now; throws what went wrong.</summary>
    public async Task<byte[]> ScrapeAsync(ExpositionFormat format)
    {
        Task<byte[]> task;
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (!shared.TryGetValue(format, out var entry) || entry.IsStale(time))
            {
                entry = new Shared();
                entry.Text = Task.Run(() => CollectAsync(format, entry));
                shared[format] = entry;
            }

            task = entry.Text;
        }

        return await task;
    }

    /// <summary>A collection that is no scrape, as a shut-down or another reader would make it.</summary>
    internal void Flush() => provider.ForceFlush();

    private async Task<byte[]> CollectAsync(ExpositionFormat format, Shared entry)
    {
        var request = new CollectionRequest(format);
        await oneAtATime.WaitAsync();
        try
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            exporter.Fill(request);
            Collected();
            return request.Body ?? throw new InvalidOperationException(request.Fault!.Message, request.Fault);
        }
        finally
        {
            oneAtATime.Release();
            entry.DoneAt = time.GetTimestamp();
        }
    }

    private void CollectIfForgotten()
    {
        if (time.GetElapsedTime(Volatile.Read(ref lastCollection)) >= selfInterval)
        {
            exporter.Collect?.Invoke(Timeout.Infinite);
            Collected();
        }
    }

    /// <summary>Meters are let go here and not in the exporter, which runs under the SDK's locks.</summary>
    private void Collected()
    {
        Volatile.Write(ref lastCollection, time.GetTimestamp());
        metrics?.Collected(exporter.Figures);
    }

    private static MetricStreamConfiguration? ViewOf(Instrument instrument, SweepMetrics? metrics)
    {
        if (!Catalogue.IsOurs(instrument.Meter.Name))
        {
            return null;
        }

        return !ReferenceEquals(instrument.Meter.Scope, metrics) ? MetricStreamConfiguration.Drop
            : Catalogue.View(instrument);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (gate)
        {
            if (disposed)
            {
                return;
            }

            disposed = true;
        }

        selfCollection.Dispose();
        oneAtATime.Wait();
        provider.Dispose();
        oneAtATime.Release();
    }

    private sealed class Shared
    {
        public Task<byte[]> Text { get; set; } = Task.FromResult(Array.Empty<byte>());

        public long? DoneAt { get; set; }

        public bool IsStale(TimeProvider time) =>
            Text.IsCompleted && (!Text.IsCompletedSuccessfully || DoneAt is not { } done || time.GetElapsedTime(done) >= Fresh);
    }
}
