using ApproxCluster.Search;

namespace ApproxCluster.Client.Rendering;

/// <summary>What a view shows of a running sweep at one moment.</summary>
/// <param name="Progress">Its figures.</param>
/// <param name="Top">The first rows of the leaderboard.</param>
/// <param name="Ended">Trials that ended since the last look, by number.</param>
/// <param name="BestParameters">The searched parameters of the best trial, or null.</param>
/// <param name="BestGap">Its gap.</param>
internal sealed record SweepSnapshot(
    SweepProgress Progress,
    IReadOnlyList<LeaderboardRow> Top,
    IReadOnlyList<TrialNews> Ended,
    string? BestParameters,
    double? BestGap);

/// <summary>A trial that ended.</summary>
internal sealed record TrialNews(int Trial, TrialState State, FailureReason Reason, int Epochs, double? Value, string Parameters);

/// <summary>Takes snapshots; each costs no more than the trials in flight and those created since the last one.</summary>
internal sealed class SweepWatcher(int topRows)
{
    private readonly List<int> open = [];
    private IReadOnlyList<string>? paths;
    private int known;

    /// <summary>Looks at the state. The caller sees to it that nothing changes meanwhile.</summary>
    public SweepSnapshot Look(SweepState state)
    {
        paths ??= SearchedParameters.Paths(state.Spec.Space);
        var first = known == 0 && state.Progress.Ended > 0 && open.Count == 0;
        for (; known < state.Trials.Count; known++)
        {
            // Those that had ended before the first look are no news.
            if (!first || !state.Trials[known].State.IsFinal())
            {
                open.Add(known);
            }
        }

        var ended = open.Where(number => state.Trials[number].State.IsFinal()).Select(number => News(state.Trials[number])).ToList();
        open.RemoveAll(number => state.Trials[number].State.IsFinal());
        var best = state.Progress.Best is { } incumbent ? state.Trials[incumbent.Trial] : null;
        return new SweepSnapshot(
            state.Progress,
            topRows > 0 ? Leaderboard.Top(state, topRows) : [],
            ended,
            best is null ? null : SearchedParameters.Describe(best.Parameters, paths),
            best is null ? null : Leaderboard.ResultOf(state, best)?.Gap);
    }

    private TrialNews News(Trial trial) => new(
        trial.Number, trial.State, trial.Reason, trial.Epochs.Count, trial.Value, SearchedParameters.Describe(trial.Parameters, paths!));
}
