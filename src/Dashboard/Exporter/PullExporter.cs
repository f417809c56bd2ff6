using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace ApproxCluster.Dashboard;

/// <summary>A collection somebody asked for: filled in by whichever export comes next.</summary>
internal sealed class CollectionRequest(ExpositionFormat format)
{
    /// <summary>The format wanted.</summary>
    public ExpositionFormat Format => format;

    /// <summary>The text; null until exported.</summary>
    public byte[]? Body { get; set; }

    /// <summary>What went wrong instead.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Whether an export has taken it.</summary>
    public bool IsDone => Body is not null || Fault is not null;
}

/// <summary>
/// The exporter the SDK calls with each collection. Collections nobody asked a text of (a flush, a shut-down, the self-collection) write none and
/// disturb none.
/// </summary>
[ExportModes(ExportModes.Pull)]
internal sealed class PullExporter(DashboardOptions options) : BaseExporter<Metric>, IPullMetricExporter
{
    private const int TryMilliseconds = 5000;

    private readonly Exposition exposition = new(options.ScopeLabels, options.MetricsByteLimit);
    private readonly Lock writing = new();
    private CollectionRequest? wanted;

    /// <inheritdoc />
    public Func<int, bool>? Collect { get; set; }

    /// <summary>Figures of the last text.</summary>
    public ExpositionFigures Figures { get; private set; }

    /// <summary>Collects and writes; the request holds the text or the fault.</summary>
    public void Fill(CollectionRequest request)
    {
        // The SDK lets a call that comes during another share that one's outcome; the other may have begun before the request was known, or be a
        // flush, which collects nothing from a pull exporter and answers false. So ask again.
        var began = Environment.TickCount64;
        for (var wait = default(SpinWait); !request.IsDone && Environment.TickCount64 - began < TryMilliseconds; wait.SpinOnce())
        {
            Interlocked.Exchange(ref wanted, request);
            Collect?.Invoke(Timeout.Infinite);
        }

        Interlocked.CompareExchange(ref wanted, null, request);
        if (!request.IsDone)
        {
            request.Fault = new InvalidOperationException("The metrics could not be collected.");
        }
    }

    /// <inheritdoc />
    public override ExportResult Export(in Batch<Metric> batch)
    {
        var request = Interlocked.Exchange(ref wanted, null);
        try
        {
            if (request is not null)
            {
                lock (writing)
                {
                    Figures = exposition.Write(in batch, ParentProvider.GetResource(), request.Format);
                    request.Body = exposition.Written.ToArray();
                }
            }
        }
#pragma warning disable CA1031 // Whatever it was, the scrape answers 500 with it; thrown here the SDK would swallow it.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            request!.Fault = fault;
        }

        return request?.Fault is null ? ExportResult.Success : ExportResult.Failure;
    }
}
