using System.Text;
using ApproxCluster.Engine;
using ApproxCluster.Search;

namespace ApproxCluster.Dashboard.Tests;

/// <summary>A sweep played by hand on a real coordinator: leases are taken and answered when the test says so.</summary>
internal sealed class Feed : IDisposable
{
    private readonly MetricsPipeline pipeline;
    private readonly List<Lease> held = [];
    private SweepCoordinator? coordinator;

    public Feed(SweepSpec? spec = null, DashboardOptions? options = null)
    {
        Spec = spec ?? Sweeps.Short;
        Metrics = new SweepMetrics(Time);
        pipeline = new MetricsPipeline(options ?? new DashboardOptions { Meters = [], ScopeLabels = false, InstanceName = "feed" }, Metrics, Time);
        Info = new SweepInfo("feed-1", Spec, Made.Shape);
    }

    public ManualTime Time { get; } = new();

    public SweepSpec Spec { get; }

    public SweepMetrics Metrics { get; }

    public SweepInfo Info { get; }

    public SweepState State => coordinator!.State;

    public IReadOnlyList<Lease> Held => held;

    public async Task StartAsync() => coordinator = await SweepCoordinator.CreateAsync(Spec, Made.Shape, new MemoryJournal(), Time.GetUtcNow(), CancellationToken.None);

    /// <summary>Hands results in, takes work, and tells the metrics.</summary>
    public async Task ExchangeAsync(int free, params SegmentResult[] results)
    {
        held.RemoveAll(lease => results.Any(result => result.Trial == lease.Trial));
        var reply = await coordinator!.ExchangeAsync(
            new("local", free, [.. held.Select(lease => new TrialAttempt(lease.Trial, lease.Attempt))], results, []), Time.GetUtcNow(), CancellationToken.None);
        held.AddRange(reply.Leases);
        Metrics.Decided(Info, State);
    }

    /// <summary>Trains a lease: its epochs come as they would from a slot.</summary>
    public SegmentResult Train(Lease lease)
    {
        var reports = Enumerable.Range(lease.FromEpoch + 1, lease.ToEpoch - lease.FromEpoch)
            .Select(epoch => Made.Epoch(epoch, 0.5 + lease.Trial * 1e-4)).ToList();
        foreach (var report in lease.ScoreTest ? [] : reports)
        {
            Metrics.EpochDone(Info, new TrialProgress(lease.Trial, lease.Attempt, report, 0.01));
        }

        return new(lease.Trial, lease.Attempt, lease.Segment, lease.ScoreTest ? [] : reports, Test: lease.ScoreTest ? new TestScore(0.4, 0.9) : null);
    }

    /// <summary>Trains all that is held, and what comes of it, to the end of the sweep.</summary>
    public async Task FinishAsync(Func<Task>? each = null)
    {
        while (!State.Status.IsFinal())
        {
            await ExchangeAsync(Spec.Parallel, [.. held.ToList().Select(Train)]);
            await (each?.Invoke() ?? Task.CompletedTask);
        }
    }

    public async Task<string> ScrapeAsync()
    {
        Time.Advance(TimeSpan.FromSeconds(1));
        var body = await pipeline.ScrapeAsync(ExpositionFormat.OpenMetrics);
        Assert.Empty(ExpositionValidator.Check(body, openMetrics: true));
        return Encoding.UTF8.GetString(body);
    }

    /// <summary>Samples of a name.</summary>
    public async Task<string[]> SamplesAsync(string name) =>
        [.. (await ScrapeAsync()).Split('\n').Where(line => line.StartsWith(name + "{", StringComparison.Ordinal) || line.StartsWith(name + " ", StringComparison.Ordinal))];

    public void Dispose()
    {
        pipeline.Dispose();
        Metrics.Dispose();
    }

    internal sealed class MemoryJournal : ISweepJournal
    {
        private readonly List<SweepEvent> events = [];

        public Task AppendAsync(long firstSequence, IReadOnlyList<SweepEvent> added, CancellationToken cancellationToken)
        {
            Assert.Equal(events.Count, firstSequence);
            events.AddRange(added);
            return Task.CompletedTask;
        }

        public async IAsyncEnumerable<SweepEvent> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.CompletedTask;
            foreach (var entry in events)
            {
                yield return entry;
            }
        }
    }
}
