using ApproxCluster.Client.Commands;
using ApproxCluster.Client.Rendering;
using ApproxCluster.Engine;
using ApproxCluster.Search;
using ApproxCluster.Storage;
using ApproxCluster.Trainer;

namespace ApproxCluster.Client.Local;

/// <summary>One call of <c>run</c> or <c>resume</c>: trains, shows, and prints what came out, however it ends.</summary>
internal sealed class RunSession(LocalHome home, ISweepStore store, SweepData data, RunSettings settings, CommandContext context)
{
    private readonly Terminal terminal = context.Terminal;

    /// <summary>Runs a sweep to its end or its interruption and returns the exit code.</summary>
    public async Task<int> RunAsync(Func<ISweepObserver, Task<SweepHost>> open, CancellationToken cancellationToken)
    {
        var statistics = new RunStatistics(context.Time);
        using var interrupts = new Interrupts(terminal.Warn);
        using var timeout = settings.Timeout is { } limit ? new CancellationTokenSource(limit, context.Time) : new CancellationTokenSource();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(interrupts.Token, timeout.Token, cancellationToken);
        await using var server = settings.Http is { } address ? await LocalServer.StartAsync(address, store, context.Time, cancellationToken) : null;
        var observer = server?.Observe(statistics) ?? statistics;
        await using var host = await open(observer);
        var sweep = host.Sweep.Id;
        terminal.Say(Terminal.Text($"{sweep}: {Plan(host.Sweep.Spec)}, {settings.Slots} {(settings.Slots == 1 ? "slot" : "slots")}{(settings.ThreadsPerTrial == 1 ? "" : Terminal.Text($" of {settings.ThreadsPerTrial} threads"))}, kept in {home.Folder}"));
        if (WaitingHint(host.Sweep.Spec, settings.Slots) is { } hint)
        {
            terminal.Say(hint);
        }

        if (server is not null)
        {
            terminal.Say($"{sweep}: served at {server.Url}");
        }

        try
        {
            var run = new LocalSweep(host, store, data, settings, context.Time) { Server = server };
            if (!await run.RunAsync(View(host.Sweep), observer, terminal.Warn, stop.Token))
            {
                terminal.Warn($"Interrupted; checkpoints are saved. Go on with: approx resume {sweep}{HomeHint()}");
                return interrupts.ExitCode ?? (timeout.IsCancellationRequested ? ExitCodes.TimedOut : ExitCodes.Interrupted);
            }
        }
        catch (StorageException exception)
        {
            throw new CommandException(
                ExitCodes.Failed,
                $"{exception.Message}{Environment.NewLine}The sweep has stopped; what was journaled is safe. When that is mended, go on with: approx resume {sweep}{HomeHint()}",
                exception);
        }
        catch (JournalConflictException exception)
        {
            throw new CommandException(
                ExitCodes.Failed, $"Another process works on {sweep}, so this one has stopped. Nothing is lost. ({exception.Message})", exception);
        }

        return await host.ReadAsync(state => Finish(host, state, statistics), CancellationToken.None);
    }

    // docs/determinism.md has the figures behind it.
    private static string? WaitingHint(SweepSpec spec, int slots) => spec.Execution == Execution.Deterministic && slots > 1 && spec.Parallel < 2 * slots
        ? Terminal.Text($"parallel is {spec.Parallel} for {slots} slots: some of them will wait for others. 'parallel: {2 * slots}' in the sweep file, or 'execution: eager', keeps them busy.")
        : null;

    private static string Plan(SweepSpec spec)
    {
        if (spec.Race is { } race)
        {
            return Terminal.Text($"{spec.Trials} trials, configurations raced over {race.Min} to {spec.Replicates} seeds, up to {spec.Epochs} epochs each");
        }

        var replicates = spec.Replicates > 1 ? Terminal.Text($" x {spec.Replicates} replicates") : "";
        return Terminal.Text($"{spec.Trials} configurations{replicates}, up to {spec.Epochs} epochs each");
    }

    private int Finish(SweepHost host, SweepState state, RunStatistics statistics)
    {
        var sweep = host.Sweep.Id;
        var share = host.CoordinatorTime / statistics.Elapsed;
        if (context.Output == OutputForm.Json)
        {
            var document = SweepReport.Of(sweep, state);
            document["slots"] = settings.Slots;
            document["threads_per_trial"] = settings.ThreadsPerTrial;
            if (state.Spec.Command is null)
            {
                document["vector_bits"] = HardwareCheck.VectorBits;
            }

            document["seconds"] = Math.Round(statistics.Elapsed.TotalSeconds, 3);
            document["trials_per_second"] = Math.Round(statistics.Ended / statistics.Elapsed.TotalSeconds, 2);
            document["coordinator_share"] = Math.Round(share, 4);
            document["journal_share"] = Math.Round(host.JournalTime / statistics.Elapsed, 4);
            if (statistics.Thousands is { } thousands)
            {
                document["first_thousand_per_second"] = Math.Round(thousands.First, 1);
                document["last_thousand_per_second"] = Math.Round(thousands.Last, 1);
            }

            SweepReport.Print(document, terminal.Writer);
        }
        else if (context.Output == OutputForm.Csv)
        {
            SweepTable.PrintCsv(state, terminal.Writer);
        }
        else
        {
            SweepTable.Print(sweep, state, settings.Top, terminal);
        }

        var pace = settings.Statistics
            ? Terminal.Text($" ({statistics.Ended / statistics.Elapsed.TotalSeconds:0.#} trials/s, coordinator's share {share:P1}, of it the journal's {host.JournalTime / statistics.Elapsed:P1})")
            : "";
        terminal.Say($"{Words.Of(state.Status)} in {Numbers.Duration(statistics.Elapsed)}{pace}. Next: approx show {sweep} TRIAL{HomeHint()}   approx export {sweep} --format csv{HomeHint()}");
        if (settings.Statistics && statistics.Thousands is { } marks)
        {
            terminal.Say(Terminal.Text($"first thousand {marks.First:0} trials/s, last thousand {marks.Last:0} trials/s"));
        }

        return state.Status == SweepStatus.Failed ? ExitCodes.Failed : ExitCodes.Done;
    }

    private IProgressView View(SweepInfo sweep)
    {
        if (terminal.Quiet)
        {
            return new NoView();
        }

        return terminal.ErrorIsTerminal
            ? new LiveView(terminal, sweep.Id, sweep.Spec, context.Time)
            : new LineView(terminal, SweepTable.MetricName(sweep.Spec));
    }

    // Only what the user would have to type again.
    private string HomeHint() => home.Folder == Path.GetFullPath(Environment.GetEnvironmentVariable("APPROX_HOME") is { Length: > 0 } set ? set : ".approx") ? "" : $" --home {home.Folder}";
}
