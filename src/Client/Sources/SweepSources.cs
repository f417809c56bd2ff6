using ApproxCluster.Client.Commands;
using ApproxCluster.Client.Local;
using ApproxCluster.Client.Rendering;
using ApproxCluster.Search;
using ApproxCluster.Storage;

namespace ApproxCluster.Client.Sources;

/// <summary>Opens what the user asked to look at: this machine's sweeps or a cluster's.</summary>
internal static class SweepSources
{
    private const int MostSuggestions = 5;

    /// <summary>The module of <c>--cluster</c>; refuses where the build has none.</summary>
    public static IClusterModule ClusterModule() => CommandTree.Cluster ?? throw NoClusterModule.Refusal("--cluster");

    /// <summary>Opens the source.</summary>
    public static async Task<ISweepSource> OpenAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (context.Cluster is { } cluster)
        {
            return await ClusterModule().OpenAsync(cluster, cancellationToken);
        }

        var home = new LocalHome(context.Home);
        return home.Exists ? new StoreSource(await home.OpenAsync(context.Time, cancellationToken), home.Folder) : new EmptySource(home.Folder);
    }

    /// <summary>A sweep of a source. Throws when there is none of that name, and says which there are.</summary>
    public static async Task<SweepRow> FindAsync(ISweepSource source, string id, CancellationToken cancellationToken)
    {
        if (await source.FindAsync(id, cancellationToken) is { } row)
        {
            return row;
        }

        var known = await source.ListAsync(cancellationToken);
        var hint = known.Count == 0
            ? "There are no sweeps there yet; begin with 'approx run FILE', or name another place with --home."
            : $"The newest there: {string.Join(", ", known.Take(MostSuggestions).Select(sweep => sweep.Id))}.";
        throw CommandException.NotFound($"There is no sweep '{id}' in {source.Place}. {hint}");
    }

    /// <summary>A sweep's state, from its journal.</summary>
    public static async Task<SweepState> ReplayAsync(ISweepSource source, string id, CancellationToken cancellationToken)
    {
        var entries = await ReadAsync(source, id, cancellationToken);
        return SweepState.Replay(entries.Select(entry => entry.Event));
    }

    /// <summary>A sweep's journal with the times of its events.</summary>
    public static async Task<IReadOnlyList<JournalEntry>> ReadAsync(ISweepSource source, string id, CancellationToken cancellationToken)
    {
        var entries = new List<JournalEntry>();
        await foreach (var entry in source.ReadJournalAsync(id, cancellationToken))
        {
            entries.Add(entry);
        }

        return entries.Count > 0
            ? entries
            : throw new CommandException(ExitCodes.Failed, $"Sweep {id} was registered, but never began. Run its file again.");
    }

    /// <summary>A trial of a sweep. Throws when there is none of that number.</summary>
    public static Trial TrialOf(SweepState state, string id, int number) => number >= 0 && number < state.Trials.Count
        ? state.Trials[number]
        : throw CommandException.NotFound(
            Terminal.Text($"There is no trial {number} in {id}; it has {state.Trials.Count} so far, numbered from 0. 'approx show {id} --top 0' lists them."));

    private sealed class EmptySource(string place) : ISweepSource
    {
        public string Place => place;

        public Task<IReadOnlyList<SweepRow>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<SweepRow>>([]);

        public Task<SweepRow?> FindAsync(string sweep, CancellationToken cancellationToken) => Task.FromResult<SweepRow?>(null);

        public async IAsyncEnumerable<JournalEntry> ReadJournalAsync(
            string sweep, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.CompletedTask;
            yield break;
        }

        public Task<IReadOnlyList<EpochRow>> ListEpochsAsync(string sweep, int trial, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<EpochRow>>([]);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
