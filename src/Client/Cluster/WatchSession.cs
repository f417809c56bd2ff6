using System.Runtime.InteropServices;
using ApproxCluster.Client.Commands;
using ApproxCluster.Client.Rendering;
using ApproxCluster.Search;

namespace ApproxCluster.Client.Cluster;

/// <summary>
/// Follows a sweep on a cluster by its journal: the state that is shown, and the digest that is printed, are computed here from the events. Ctrl-C
/// only ends the watching.
/// </summary>
internal sealed class WatchSession(ClusterSource source, string sweep, TimeSpan? timeout, int top, CommandContext context)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(300);

    private readonly Terminal terminal = context.Terminal;
    private int? signalled;

    /// <summary>Follows to the end, to a signal or to the time limit, and returns the exit code.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var limit = timeout is { } time ? new CancellationTokenSource(time, context.Time) : new CancellationTokenSource();
        using var signals = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Detach(signal, ExitCodes.Interrupted, signals));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Detach(signal, ExitCodes.Terminated, signals));
        try
        {
            var state = await FollowAsync(signals.Token);
            Print(state);
            return state.Status == SweepStatus.Failed ? ExitCodes.Failed : ExitCodes.Done;
        }
        catch (OperationCanceledException) when (signals.IsCancellationRequested)
        {
            terminal.Warn($"{sweep} continues. Look again: approx watch {sweep}   End it: approx cancel {sweep}");
            return signalled ?? (limit.IsCancellationRequested ? ExitCodes.TimedOut : ExitCodes.Interrupted);
        }
    }

    private async Task<SweepState> FollowAsync(CancellationToken cancellationToken)
    {
        var state = await ReadAsync(null, cancellationToken);
        while (state is null)
        {
            // Registered, and about to begin.
            await Task.Delay(LookInterval, context.Time, cancellationToken);
            state = await ReadAsync(null, cancellationToken);
        }

        var view = View(state);
        await view.RunAsync(async show =>
        {
            var watcher = new SweepWatcher(view.TopRows);
            show(watcher.Look(state));
            while (!state.Status.IsFinal())
            {
                await Task.Delay(LookInterval, context.Time, cancellationToken);
                await ReadAsync(state, cancellationToken);
                show(watcher.Look(state));
            }
        });
        return state;
    }

    private async Task<SweepState?> ReadAsync(SweepState? state, CancellationToken cancellationToken)
    {
        var news = new List<SweepEvent>();
        await foreach (var entry in source.ReadJournalAsync(sweep, state?.Sequence ?? 0, cancellationToken))
        {
            news.Add(entry.Event);
        }

        if (state is null)
        {
            return news.Count > 0 ? SweepState.Replay(news) : null;
        }

        state.Follow(news);
        return state;
    }

    private IProgressView View(SweepState state)
    {
        if (terminal.Quiet)
        {
            return new NoView();
        }

        return terminal.ErrorIsTerminal
            ? new LiveView(terminal, sweep, state.Spec, context.Time)
            : new LineView(terminal, SweepTable.MetricName(state.Spec));
    }

    private void Print(SweepState state)
    {
        switch (context.Output)
        {
            case OutputForm.Json:
                SweepReport.Print(SweepReport.Of(sweep, state), terminal.Writer);
                break;
            case OutputForm.Csv:
                SweepTable.PrintCsv(state, terminal.Writer);
                break;
            default:
                SweepTable.Print(sweep, state, top, terminal);
                break;
        }

        terminal.Say($"{Words.Of(state.Status)}. Next: approx show {sweep} TRIAL   approx export {sweep} --format csv, both with --cluster");
    }

    private void Detach(PosixSignalContext signal, int exitCode, CancellationTokenSource signals)
    {
        signal.Cancel = true;
        signalled ??= exitCode;
        signals.Cancel();
    }
}
