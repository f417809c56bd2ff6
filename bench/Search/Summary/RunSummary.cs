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
/// <param name="Near">Functions on which ours is at most twice the best peer's, or 1e-4.</param>
internal sealed record Aggregate(FunctionKind Kind, int Index, int Functions, double Mean, double? Peer, string? PeerName, double? Best, int Near);

/// <summary>How soon a method is where the best recorded peer ended.</summary>
/// <param name="Function">A function with curves.</param>
/// <param name="Peer">The best peer's median at the last budget.</param>
/// <param name="Epochs">Epochs, in steps of one whole training, after which our median is no worse; null where it never is.</param>
/// <param name="Of">The last budget.</param>
internal sealed record Arrival(string Function, double Peer, int? Epochs, int Of);

/// <summary>What the runs of one method came to.</summary>
/// <param name="Scores">By function and budget.</param>
/// <param name="Aggregates">By kind and budget.</param>
/// <param name="Arrivals">Of functions with curves.</param>
internal sealed record RunSummary(IReadOnlyList<Score> Scores, IReadOnlyList<Aggregate> Aggregates, IReadOnlyList<Arrival> Arrivals)
{
    /// <summary>Sums up runs.</summary>
    public static RunSummary Of(IReadOnlyList<(RunPlan Plan, RunLog[] Logs)> runs, Peers peers)
    {
        var scores = runs.SelectMany(run => run.Plan.Function.Checkpoints.Select((checkpoint, index) => One(run.Plan, run.Logs, index, checkpoint, peers)))
            .OfType<Score>().ToList();
        var aggregates = scores.GroupBy(score => (score.Kind, score.Index)).Select(group => Mean([.. group], WorkersOf(group.First(), runs), peers));
        return new RunSummary(scores, [.. aggregates], [.. runs.Select(run => Reach(run.Plan, run.Logs, peers)).OfType<Arrival>()]);
    }

    private static Arrival? Reach(RunPlan plan, RunLog[] logs, Peers peers)
    {
        var (function, last) = (plan.Function, plan.Function.Checkpoints[^1]);
        if (function.Kind != FunctionKind.Curve || peers.Best(function.Name, last, plan.Workers) is not { } peer)
        {
            return null;
        }

        var budgets = Enumerable.Range(1, plan.Budget / function.Epochs).Select(trainings => trainings * function.Epochs);
        var reached = budgets.FirstOrDefault(budget =>
            logs.Select(log => Regrets.Regret(log, budget)).OfType<double>().ToList() is { Count: > 0 } regrets
            && Regrets.Quantile(regrets, 0.5) <= peer.Median);
        return new Arrival(function.Name, peer.Median, reached > 0 ? reached : null, last);
    }

    private static int WorkersOf(Score score, IReadOnlyList<(RunPlan Plan, RunLog[] Logs)> runs) =>
        runs.First(run => run.Plan.Function.Name == score.Function).Plan.Workers;

    private static Score? One(RunPlan plan, RunLog[] logs, int index, int checkpoint, Peers peers)
    {
        var regrets = logs.Select(log => Regrets.Regret(log, checkpoint)).OfType<double>().ToList();
        var best = peers.Best(plan.Function.Name, checkpoint, plan.Workers);
        return regrets.Count == 0 ? null : new Score(
            plan.Function.Name,
            plan.Function.Kind,
            index,
            checkpoint,
            regrets.Count,
            Regrets.Quantile(regrets, 0.5),
            Regrets.Quantile(regrets, 0.25),
            Regrets.Quantile(regrets, 0.75),
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
            Regrets.GeometricMean(scores.Select(score => score.Median)),
            peer?.Mean,
            peer?.Method,
            isRecorded ? Regrets.GeometricMean(scores.Select(score => score.Peer!.Value)) : null,
            scores.Count(score => score.Peer is { } best && score.Median <= Math.Max(1e-4, 2 * best)));
    }
}
