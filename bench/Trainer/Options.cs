using System.Globalization;

namespace ApproxCluster.Bench.Trainer;

/// <summary>What the command line asks for.</summary>
/// <param name="Only">Names of workloads (a32 a128 b c d e f) and sections (kernels limits threads lent start avx2); empty for all.</param>
/// <param name="Rounds">Alternating rounds, at least 1.</param>
/// <param name="Peers">Folder of the peers' harnesses; null to leave the peers out.</param>
/// <param name="Json">Whether standard output takes rows of JSON instead of tables.</param>
/// <param name="Results">Folder for the report; null to write none.</param>
internal sealed record Options(IReadOnlyList<string> Only, int Rounds, string? Peers, bool Json, string? Results)
{
    /// <summary>Everything that can be picked.</summary>
    public static IReadOnlyList<string> Names { get; } = ["limits", "kernels", "a32", "a128", "b", "c", "d", "e", "f", "threads", "lent", "start", "avx2"];

    /// <summary>How the program is called.</summary>
    public const string Usage =
        "bench/Trainer [--only a32,kernels] [--rounds 5] [--peers ../shared/bench/trainer | --no-peers] [--json] [--results bench/results]";

    /// <summary>Whether a workload or section is asked for.</summary>
    public bool Wants(string name) => Only.Count == 0 || Only.Contains(name);

    /// <summary>Reads the command line; null, with the fault on standard error, when it is wrong.</summary>
    public static Options? Parse(string[] args)
    {
        var options = new Options([], 5, "../shared/bench/trainer", false, null);
        for (var i = 0; i < args.Length; i++)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            switch (args[i])
            {
                case "--no-peers":
                    options = options with { Peers = null };
                    continue;
                case "--json":
                    options = options with { Json = true };
                    continue;
                case "--only" when value.Split(',').All(Names.Contains):
                    options = options with { Only = value.Split(',') };
                    break;
                case "--rounds" when int.TryParse(value, CultureInfo.InvariantCulture, out var rounds) && rounds > 0:
                    options = options with { Rounds = rounds };
                    break;
                case "--peers":
                    options = options with { Peers = value };
                    break;
                case "--results":
                    options = options with { Results = value };
                    break;
                default:
                    Console.Error.WriteLine($"Argument is {args[i]} {value}, but must be as in: {Usage}. Names are {string.Join(' ', Names)}.");
                    return null;
            }

            i++;
        }

        // Only a whole run with its peers takes the place of the recorded one by itself.
        var isWhole = options.Only.Count == 0 && options.Peers is not null && Directory.Exists("bench");
        return options with { Results = options.Results ?? (isWhole ? "bench/results" : null) };
    }
}
