using ApproxCluster.Contracts;
using ApproxCluster.Search;
using ApproxCluster.Storage;

namespace ApproxCluster.Silo.Grains;

/// <summary>Turns states and rows into what crosses the wire.</summary>
internal static class SweepViews
{
    public const int LeaderboardLimit = 1000;

    /// <summary>How a sweep stands. Drops from <paramref name="newest"/> the epochs that the journal has decided on by now.</summary>
    public static SweepView Of(string sweep, SweepState state, Dictionary<int, EpochProgress> newest)
    {
        foreach (var (trial, epoch) in newest.ToList())
        {
            if (trial >= state.Trials.Count || state.Trials[trial].Epochs.Count >= epoch.Report.Epoch || state.Trials[trial].State.IsFinal())
            {
                newest.Remove(trial);
            }
        }

        return new SweepView
        {
            Sweep = sweep,
            Status = state.Status,
            Trials = state.Trials.Count,
            TrialsEnded = state.Trials.Count(trial => trial.State.IsFinal()),
            Sequence = state.Sequence,
            VirtualTime = state.VirtualTime,
            Digest = state.Digest,
            Running = [.. newest.Values.OrderBy(epoch => epoch.Trial)],
        };
    }

    public static LeaderboardPage Leaderboard(SweepState state, int offset, int limit)
    {
        var rows = Search.Leaderboard.Build(state);
        return new LeaderboardPage(rows.Count, [.. rows.Skip(Math.Max(0, offset)).Take(Math.Clamp(limit, 1, LeaderboardLimit))]);
    }

    public static SweepSummary Of(SweepRow row) => new()
    {
        Sweep = row.Id,
        Name = row.Name,
        Spec = row.Spec,
        CreatedAt = row.CreatedAt,
        Status = row.Status,
        EndedAt = row.EndedAt,
        Digest = row.Digest,
        Trials = row.Trials,
        TrialsEnded = row.TrialsEnded,
        BestValue = row.BestValue,
        BestTrial = row.BestTrial,
    };
}
