using ApproxCluster.Search;

namespace ApproxCluster.Client.Rendering;

/// <summary>The configuration that won, with the trial of it that speaks for it.</summary>
internal sealed record Winner(LeaderboardRow Row, Trial Trial)
{
    /// <summary>The winner of a sweep so far: the first row; of its replicates the one that was scored on the test split, if any. Null when there is none.</summary>
    public static Winner? Of(SweepState state, IReadOnlyList<LeaderboardRow> rows)
    {
        if (rows.Count == 0)
        {
            return null;
        }

        var trials = rows[0].Trials.Select(number => state.Trials[number]).ToList();
        return new Winner(rows[0], trials.Find(trial => trial.Test is not null) ?? trials[0]);
    }
}
