using System.Globalization;
using ApproxCluster.Bench.Determinism;
using ApproxCluster.Search;

Console.WriteLine("| speeds | surprise | pruner | eager, 16 in flight | deterministic, 16 | 24 | 32 | 48 |");
Console.WriteLine("|---|---|---|---|---|---|---|---|");
foreach (var spread in new[] { 1.0, 2, 4 })
{
    foreach (var surprise in new[] { 0.0, 0.25, 0.5 })
    {
        foreach (var pruner in new[] { "none", "asha", "promote" })
        {
            var cells = new List<string>();
            foreach (var (execution, parallel) in new[] { (Execution.Eager, 16), (Execution.Deterministic, 16), (Execution.Deterministic, 24), (Execution.Deterministic, 32), (Execution.Deterministic, 48) })
            {
                var outcome = await Simulation.RunAsync(new(spread, surprise, pruner, execution, parallel));
                cells.Add(string.Create(CultureInfo.InvariantCulture, $"{100 * outcome.Idle:F1} % ({outcome.Makespan:F0})"));
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| x{spread} | {surprise} | {pruner} | {string.Join(" | ", cells)} |"));
        }
    }
}
