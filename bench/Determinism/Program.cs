using System.Globalization;
using ApproxCluster.Bench.Determinism;
using ApproxCluster.Search;

const int Seeds = 8;
int[] parallel = [16, 24, 32, 48];
if (args is ["costs"])
{
    Costs.Print();
    return 0;
}

if (args is not ([] or ["--svg", _]))
{
    Console.Error.WriteLine($"Arguments are '{string.Join(' ', args)}', but must be none, --svg FILE for a picture of the deterministic executions, or costs.");
    return 2;
}

var lines = new List<(string, IReadOnlyList<double>)>();
Console.WriteLine($"| speeds | surprise | pruner | eager, 16 in flight | {string.Join(" | ", parallel.Select(count => $"deterministic, {count}"))} |");
Console.WriteLine("|---|---|---|---|---|---|---|---|");
foreach (var spread in new[] { 1.0, 2, 4 })
{
    foreach (var surprise in new[] { 0.0, 0.25, 0.5 })
    {
        foreach (var pruner in new[] { "none", "asha", "promote" })
        {
            var outcomes = new List<Outcome> { await MeanAsync(new(spread, surprise, pruner, Execution.Eager, 16, 0)) };
            foreach (var count in parallel)
            {
                outcomes.Add(await MeanAsync(new(spread, surprise, pruner, Execution.Deterministic, count, 0)));
            }

            var cells = outcomes.Select(outcome => string.Create(CultureInfo.InvariantCulture, $"{100 * Math.Max(0, outcome.Idle):F1} % ({outcome.Makespan / outcomes[0].Makespan:F2})"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| x{spread} | {surprise} | {pruner} | {string.Join(" | ", cells)} |"));
            if (surprise == 0.25 && pruner == "asha")
            {
                lines.Add((string.Create(CultureInfo.InvariantCulture, $"speeds x1 to x{spread}"), [.. outcomes.Skip(1).Select(outcome => outcome.Idle)]));
            }
        }
    }
}

if (args is ["--svg", var file])
{
    File.WriteAllText(file, Plot.Draw("Idle share of deterministic execution (ASHA, surprise 0.25)", parallel, lines));
}

return 0;

static async Task<Outcome> MeanAsync(Case simulated)
{
    var (idle, makespan) = (0.0, 0.0);
    for (ulong seed = 1; seed <= Seeds; seed++)
    {
        var outcome = await Simulation.RunAsync(simulated with { Seed = seed });
        idle += outcome.Idle / Seeds;
        makespan += outcome.Makespan / Seeds;
    }

    return new(idle, makespan);
}
