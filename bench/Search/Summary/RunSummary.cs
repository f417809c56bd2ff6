namespace ApproxCluster.Bench.Search;

/// <summary>One function's score at one budget.</summary>
/// <param name="Function">The function.</param>
/// <param name="Kind">Its protocol.</param>
/// <param name="Index">Which of its budgets, from 0.</param>
/// <param name="Checkpoint">The budget.</param>
/// <param name="Seeds">Runs that went so far.</param>
/// <param name="Median">Median normalised regret.</param>
/// <param name="Lower">First quartile.</param>
/// <param name="Upper">Third quartile.</param>
/// <param name="Peer">The best recorded peer's median; null where none is recorded.</param>
/// <param name="PeerName">Which peer.</param>
internal sealed record Score(
    string Function, FunctionKind Kind, int Index, int Checkpoint, int Seeds, double Median, double Lower, double Upper, double? Peer, string? PeerName);

/// <summary>The geometric mean of medians over the functions of a kind at one budget.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Index">Which budget, from 0.</param>
/// <param name="Functions">Functions in it.</param>
/// <param name="Mean">Ours.</param>
/// <param name="Peer">The best single peer's over the same functions; null where no peer ran them all.</param>
/// <param name="PeerName">Which peer.</param>
/// <param name="Best">That of the best peer of each function; null where one has none.</param>
internal sealed record Aggregate(FunctionKind Kind, int Index, int Functions, double Mean, double? Peer, string? PeerName, double? Best);

/// <summary>What the runs of one method came to.</summary>
/// <param name="Scores">By function and budget.</param>
/// <param name="Aggregates">By kind and budget.</param>
internal sealed record RunSummary(IReadOnlyList<Score> Scores, IReadOnlyList<Aggregate> Aggregates)
{
    /// <summary>Sums up runs.</summary>
    public static RunSummary Of(IReadOnlyList<(RunPlan Plan, RunLog[] Logs)> runs, Peers peers)
    {
        var scores = runs.SelectMany(run => run.Plan.Function.Checkpoints.Select((checkpoint, index) => One(run.Plan, run.Logs, index, checkpoint, peers)))
            .OfType<Score>().ToList();
        var aggregates = scores.GroupBy(score => (score.Kind, score.Index)).Select(group => Mean([.. group], WorkersOf(group.First(), runs), peers));
        return new RunSummary(scores, [.. aggregates]);
    }

    private static int WorkersOf(Score score, IReadOnlyList<(RunPlan Plan, RunLog[] Logs)> runs) =>
        runs.First(run => run.Plan.Function.Name == score.Function).Plan.Workers;

    private static Score? One(RunPlan plan, RunLog[] logs, int index, int checkpoint, Peers peers)
    {
        var regrets = logs.Select(log => Bench.Search.Scores.Regret(log, checkpoint)).OfType<double>().ToList();
        var best = peers.Best(plan.Function.Name, checkpoint, plan.Workers);
        return regrets.Count == 0 ? null : new Score(
            plan.Function.Name,
            plan.Function.Kind,
            index,
            checkpoint,
            regrets.Count,
            Bench.Search.Scores.Quantile(regrets, 0.5),
            Bench.Search.Scores.Quantile(regrets, 0.25),
            Bench.Search.Scores.Quantile(regrets, 0.75),
            best?.Median,
            best?.Method);
    }

    private static Aggregate Mean(IReadOnlyList<Score> scores, int workers, Peers peers)
    {
        var peer = peers.BestMean([.. scores.Select(score => (score.Function, score.Checkpoint))], workers);
        var isRecorded = scores.All(score => score.Peer is not null);
        return new Aggregate(
            scores[0].Kind,
            scores[0].Index,
            scores.Count,
            Bench.Search.Scores.GeometricMean(scores.Select(score => score.Median)),
            peer?.Mean,
            peer?.Method,
            isRecorded ? Bench.Search.Scores.GeometricMean(scores.Select(score => score.Peer!.Value)) : null);
    }
}
