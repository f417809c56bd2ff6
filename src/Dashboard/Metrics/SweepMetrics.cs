using System.Collections.Concurrent;
using ApproxCluster.Engine;
using ApproxCluster.Search;
using ApproxCluster.Storage;

namespace ApproxCluster.Dashboard;

/// <summary>
/// Turns what a process knows of its sweeps into metrics. Hand it to workers and hosts as their observer, and wrap channels and store with
/// <c>Watch</c>; all calls are quick and thread-safe. One for each process.
/// </summary>
public sealed class SweepMetrics : ISweepObserver, IDisposable
{
    private readonly ConcurrentDictionary<string, SweepSeries> sweeps = new(StringComparer.Ordinal);
    private readonly ProcessInstruments process;
    private readonly TimeProvider time;

    /// <summary>Makes the process's instruments.</summary>
    public SweepMetrics(TimeProvider time)
    {
        this.time = time;
        process = new ProcessInstruments(this);
    }

    internal ProcessInstruments Process => process;

    internal TimeProvider Time => time;

    /// <summary>Shows the process's slots, such as <c>() =&gt; worker.Slots</c>.</summary>
    public void UseSlots(Func<(int Count, int Busy)> slots) => process.UseSlots(slots);

    /// <summary>A channel that does the same and counts exchanges, segments and floating-point operations. Give this one to the worker.</summary>
    public ISweepChannel Watch(ISweepChannel channel) => new MeteredChannel(channel, this);

    /// <summary>A store that does the same and counts journal appends and lost attempts. Give this one to the hosts.</summary>
    public ISweepStore Watch(ISweepStore store) => new MeteredStore(store, process, time);

    /// <inheritdoc />
    public void EpochDone(SweepInfo sweep, TrialProgress progress)
    {
        process.Epochs.Add(1);
        process.EpochDuration.Record(progress.Seconds);
        Series(sweep).Take(progress);
    }

    /// <inheritdoc />
    public void Decided(SweepInfo sweep, SweepState state)
    {
        // A sweep that was over before anybody looked needs no series.
        if (!state.Status.IsFinal() || sweeps.ContainsKey(sweep.Id))
        {
            Series(sweep).Take(state);
        }
    }

    /// <summary>This process no longer coordinates the sweep (a grain moved, a host was disposed): its series end. Ended sweeps need no call.</summary>
    public void Forget(string sweep)
    {
        if (sweeps.TryRemove(sweep, out var series))
        {
            series.Dispose();
        }
    }

    /// <summary>Ends all series.</summary>
    public void Dispose()
    {
        foreach (var sweep in sweeps.Keys)
        {
            Forget(sweep);
        }

        process.Dispose();
    }

    internal void Exchanged(SweepInfo sweep, WorkerMessage message, WorkerReply reply)
    {
        if (sweeps.TryGetValue(sweep.Id, out var series))
        {
            series.Take(message.Active, reply.Status);
        }
    }

    /// <summary>A collection has passed.</summary>
    internal void Collected(ExpositionFigures figures)
    {
        process.Noted(figures);
        foreach (var (sweep, series) in sweeps)
        {
            if (series.Collected())
            {
                sweeps.TryRemove(new KeyValuePair<string, SweepSeries>(sweep, series));
            }
        }
    }

    private SweepSeries Series(SweepInfo sweep) =>
        sweeps.GetOrAdd(sweep.Id, static (_, made) => new SweepSeries(made.sweep, made.self, made.self.time, cut => made.self.process.SeriesCut.Add(cut)), (sweep, self: this));
}
