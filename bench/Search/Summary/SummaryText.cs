using System.Globalization;
using System.Text;

namespace ApproxCluster.Bench.Search;

/// <summary>Writes a summary as tables.</summary>
internal static class SummaryText
{
    /// <summary>The tables. Below each median stands the best recorded peer's, and ours over it: below 1 is better than every peer.</summary>
    public static string Write(RunSummary summary, IReadOnlyList<(RunPlan Plan, RunLog[] Logs)> runs)
    {
        var text = new StringBuilder();
        foreach (var (plan, logs) in runs)
        {
            var scores = summary.Scores.Where(score => score.Function == plan.Function.Name).ToList();
            var configurations = logs.Average(log => log.Configurations);
            var cost = 1e3 * logs.Average(log => log.Spent.TotalMilliseconds) / configurations;
            text.Append(CultureInfo.InvariantCulture, $"\n{plan.Function.Name}: {plan.Name}, {logs.Length} seeds, {configurations:0} configurations a run, {cost:0.#} us of sampler and pruner each\n");
            Row("budget", score => score.Checkpoint.ToString(CultureInfo.InvariantCulture));
            Row("median", score => Number(score.Median));
            Row("quartiles", score => $"{Number(score.Lower)}..{Number(score.Upper)}");
            Row("best peer", score => Number(score.Peer));
            Row("peer", score => score.PeerName?.Split('@')[0] ?? "");
            Row("ours/peer", score => Ratio(score.Median, score.Peer));

            void Row(string name, Func<Score, string> cell) =>
                text.Append(CultureInfo.InvariantCulture, $"  {name,-10}{string.Concat(scores.Select(score => $" {cell(score),18}"))}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\nGeometric means of the medians, floored at {Regrets.Floor:0e0}\n");
        foreach (var mean in summary.Aggregates)
        {
            var budget = summary.Scores.First(score => score.Kind == mean.Kind && score.Index == mean.Index);
            var at = mean.Kind == FunctionKind.Curve ? $"#{mean.Index}" : budget.Checkpoint.ToString(CultureInfo.InvariantCulture);
            text.Append(
                CultureInfo.InvariantCulture,
                $"  {mean.Kind,-6} at {at,3}, {mean.Functions,2} functions: {Number(mean.Mean),9}; best one peer {Number(mean.Peer),9} {Ratio(mean.Mean, mean.Peer),6} {mean.PeerName}; best of each {Number(mean.Best),9}; within twice it on {mean.Near}\n");
        }

        foreach (var arrival in summary.Arrivals)
        {
            var when = arrival.Epochs is { } epochs ? string.Create(CultureInfo.InvariantCulture, $"after {epochs} of {arrival.Of} epochs") : "never";
            text.Append(CultureInfo.InvariantCulture, $"  {arrival.Function}: where the best peer ends ({Number(arrival.Peer)}) {when}\n");
        }

        return text.ToString();
    }

    private static string Number(double? value) => value is { } number ? number.ToString("G3", CultureInfo.InvariantCulture) : "-";

    private static string Ratio(double ours, double? peer) => peer is { } other
        ? "x" + (Math.Max(ours, Regrets.Floor) / Math.Max(other, Regrets.Floor)).ToString("0.00", CultureInfo.InvariantCulture)
        : "-";
}
