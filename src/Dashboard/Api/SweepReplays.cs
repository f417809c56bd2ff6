using ApproxCluster.Search;
using ApproxCluster.Storage;

namespace ApproxCluster.Dashboard;

/// <summary>
/// Sweeps as their journals tell them, kept between requests: a request reads only the events since the last one. The sweeps asked for last stay, a few
/// at a time.
/// </summary>
internal sealed class SweepReplays(ISweepStore store)
{
    private const int Kept = 8;

    private readonly Lock gate = new();
    private readonly LinkedList<Replay> recent = [];

    /// <summary>The leaderboard now; null before the first event.</summary>
    public Task<Ranked?> RankAsync(string sweep, CancellationToken cancellationToken) => AskAsync(sweep, replay => replay.Rank(), cancellationToken);

    /// <summary>The answer of the state as it is now; null before the first event. Of one sweep, one question at a time.</summary>
    public Task<T?> AskAsync<T>(string sweep, Func<SweepState, T> question, CancellationToken cancellationToken)
        where T : class => AskAsync(sweep, replay => replay.State is { } state ? question(state) : null, cancellationToken);

    private async Task<T?> AskAsync<T>(string sweep, Func<Replay, T?> question, CancellationToken cancellationToken)
        where T : class
    {
        var replay = Find(sweep);
        await replay.OneAtATime.WaitAsync(cancellationToken);
        try
        {
            await replay.FollowAsync(store, cancellationToken);
            return question(replay);
        }
        catch
        {
            Drop(replay);
            throw;
        }
        finally
        {
            replay.OneAtATime.Release();
        }
    }

    private Replay Find(string sweep)
    {
        lock (gate)
        {
            var replay = recent.FirstOrDefault(kept => kept.Sweep == sweep) ?? new Replay(sweep);
            recent.Remove(replay);
            recent.AddFirst(replay);
            if (recent.Count > Kept)
            {
                recent.RemoveLast();
            }

            return replay;
        }
    }

    private void Drop(Replay replay)
    {
        lock (gate)
        {
            recent.Remove(replay);
        }
    }

    /// <summary>A leaderboard and the state it is of.</summary>
    internal sealed record Ranked(long Sequence, SweepStatus Status, Objective Objective, IReadOnlyList<LeaderboardRow> Rows);

    private sealed class Replay(string sweep)
    {
        private Ranked? ranked;

        public string Sweep => sweep;

        public SemaphoreSlim OneAtATime { get; } = new(1);

        public SweepState? State { get; private set; }

        public async Task FollowAsync(ISweepStore store, CancellationToken cancellationToken)
        {
            var events = new List<SweepEvent>();
            await foreach (var entry in store.ReadAsync(sweep, State?.Sequence ?? 0, cancellationToken))
            {
                events.Add(entry.Event);
            }

            if (events.Count > 0 && State is null)
            {
                State = SweepState.Replay(events);
            }
            else
            {
                State?.Follow(events);
            }
        }

        public Ranked? Rank()
        {
            if (State is { } state && ranked?.Sequence != state.Sequence)
            {
                ranked = new(state.Sequence, state.Status, state.Spec.Objective, Leaderboard.Build(state));
            }

            return ranked;
        }
    }
}
