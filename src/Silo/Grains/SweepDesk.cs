using ApproxCluster.Dashboard;
using ApproxCluster.Engine;
using ApproxCluster.Search;
using ApproxCluster.Silo.Options;
using ApproxCluster.Storage;
using ApproxCluster.Trainer;

namespace ApproxCluster.Silo.Grains;

/// <summary>Makes and loads the coordinators of this silo's sweep grains.</summary>
internal sealed class SweepDesk(ISweepStore store, SiloSettings settings, SweepMetrics metrics, TimeProvider time)
{
    private readonly ISweepStore watched = metrics.Watch(store);

    /// <summary>The coordinator of a sweep as its journal tells; null when there is no such sweep.</summary>
    public async Task<SweepCoordinator?> LoadAsync(string sweep, CancellationToken cancellationToken)
    {
        if (await store.FindSweepAsync(sweep, cancellationToken) is not { } row)
        {
            return null;
        }

        if (await HasBegunAsync(sweep, cancellationToken))
        {
            return await SweepCoordinator.LoadAsync(new StoredJournal(watched, sweep), time.GetUtcNow(), cancellationToken);
        }

        // Whoever registered it was lost before the first event: the row is the promise that the sweep will run.
        var (spec, shape) = await OpenAsync(row.Spec, cancellationToken);
        return await BeginAsync(sweep, spec, shape, await EarlierSweeps.TakeAsync(store, spec, cancellationToken), cancellationToken);
    }

    /// <summary>
    /// Registers and begins a sweep; null when its identity belongs to another one. Throws <see cref="TargetException"/>, <see cref="ProgramException"/>,
    /// <see cref="InvalidDataException"/> and <see cref="ArgumentException"/> for a sweep that cannot run here, and registers nothing then.
    /// </summary>
    public async Task<SweepCoordinator?> CreateAsync(string sweep, string text, CancellationToken cancellationToken)
    {
        var (spec, shape) = await OpenAsync(text, cancellationToken);
        var history = await EarlierSweeps.TakeAsync(store, spec, cancellationToken);
        await SweepCoordinator.CreateAsync(spec, shape, history, new Rehearsal(), time.GetUtcNow(), cancellationToken);
        var row = new SweepRow(sweep, spec.Name, SweepFile.Canonical(spec), time.GetUtcNow());
        if (await store.CreateSweepAsync(row, cancellationToken))
        {
            return await BeginAsync(sweep, spec, shape, history, cancellationToken);
        }

        var present = await LoadAsync(sweep, cancellationToken);
        return present is not null && IsOf(present, text) ? present : null;
    }

    /// <summary>Whether a coordinator's sweep is the one that a text describes.</summary>
    public static bool IsOf(SweepCoordinator coordinator, string text) => SweepFile.Canonical(coordinator.State.Spec) == text;

    private async Task<bool> HasBegunAsync(string sweep, CancellationToken cancellationToken)
    {
        await using var entries = store.ReadAsync(sweep, 0, cancellationToken).GetAsyncEnumerator(cancellationToken);
        return await entries.MoveNextAsync();
    }

    private async Task<(SweepSpec Spec, TargetShape Shape)> OpenAsync(string text, CancellationToken cancellationToken)
    {
        var result = SweepFile.Parse(text, "sweep");
        var spec = result.Spec ?? throw new InvalidDataException(string.Join(Environment.NewLine, result.Faults));

        if (spec.Command is { } command)
        {
            if (!settings.AllowCommands)
            {
                throw new InvalidDataException(
                    $"trainer: the sweep is trained by a program ({string.Join(' ', command.Arguments)}), but this cluster runs none. Start every silo with --allow-commands if you trust those who submit sweeps.");
            }

            _ = ProgramPath.Find(command, settings.DataFolder);
            return (spec, TargetShape.None);
        }

        // Files may have to be hashed for it: off the grain's scheduler.
        var shape = await Task.Run(
            () => TargetCatalog.Open(spec.Target!, Seeds.Derive(spec.Seed, "target"), settings.DataFolder).Shape, cancellationToken);
        if (Objectives.Fault(spec.Objective, shape) is { } fault)
        {
            throw new InvalidDataException($"objective: {fault}");
        }

        return (spec, shape);
    }

    private Task<SweepCoordinator> BeginAsync(string sweep, SweepSpec spec, TargetShape shape, HistoryTaken? history, CancellationToken cancellationToken) =>
        SweepCoordinator.CreateAsync(spec, shape, history, new StoredJournal(watched, sweep), time.GetUtcNow(), cancellationToken);

    /// <summary>A journal that forgets: what is wrong with a sweep shows before it is registered.</summary>
    private sealed class Rehearsal : ISweepJournal
    {
        public Task AppendAsync(long firstSequence, IReadOnlyList<SweepEvent> events, CancellationToken cancellationToken) => Task.CompletedTask;

        public IAsyncEnumerable<SweepEvent> ReadAsync(CancellationToken cancellationToken) => AsyncEnumerable.Empty<SweepEvent>();
    }
}
