using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ApproxCluster.Trainer;

namespace ApproxCluster.Client.Commands;

/// <summary>Options of the commands that train here.</summary>
internal sealed class RunOptions
{
    private const int SlotLimit = 1024;

    private readonly Option<int?> slots = new("--slots")
    {
        Description = "Trials trained at a time. Results do not depend on it. Default: cores, divided by the threads of a trial.",
        HelpName = "N",
        CustomParser = result => WholeNumber.Parse(result, "--slots", 1, SlotLimit),
    };

    private readonly Option<int> threads = new("--threads-per-trial")
    {
        Description = "Threads that train one trial together: for large networks, or fewer trials than cores. Results do not depend on it.",
        HelpName = "K",
        DefaultValueFactory = _ => 1,
        CustomParser = result => WholeNumber.Parse(result, "--threads-per-trial", 1, TrainerLimits.Threads, "Give the cores that one trial may use.") ?? 1,
    };

    private readonly Option<string?> http = new("--http")
    {
        Description = "Serve the page, the API and /metrics meanwhile, at an address such as 127.0.0.1:9600 (the default).",
        HelpName = "ADDR",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<TimeSpan?> timeout = new("--timeout")
    {
        Description = "Stop with checkpoints saved after this time, such as 90s, 15m or 2h; exit code 124.",
        HelpName = "TIME",
        CustomParser = ParseTime,
    };

    private readonly Option<int> top = new("--top")
    {
        Description = "Rows of the leaderboard to print; 0 for all.",
        HelpName = "N",
        DefaultValueFactory = _ => 20,
        CustomParser = result => WholeNumber.Parse(result, "--top", 0) ?? 0,
    };

    private readonly Option<bool> stats = new("--stats") { Description = "Say how fast it went and where the time went." };

    public RunOptions(Command command)
    {
        foreach (var option in new Option[] { slots, threads, http, timeout, top, stats })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The values of an invocation.</summary>
    public RunSettings Of(ParseResult parsed) => new(
        parsed.GetValue(slots) ?? Math.Max(1, Environment.ProcessorCount / parsed.GetValue(threads)),
        parsed.GetValue(threads),
        parsed.GetResult(http) is null ? null : parsed.GetValue(http) ?? "127.0.0.1:9600",
        parsed.GetValue(timeout),
        parsed.GetValue(top),
        parsed.GetValue(stats));

    /// <summary>Reads 90s, 15m, 2h or a number of seconds.</summary>
    internal static TimeSpan? ParseTime(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        var unit = text.Length > 0 && char.IsLetter(text[^1]) ? text[^1] : 's';
        var number = text.TrimEnd(unit);
        var factor = unit switch { 's' => 1, 'm' => 60, 'h' => 3600, _ => 0 };
        if (factor > 0 && double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value > 0 && value * factor < 1e8)
        {
            return TimeSpan.FromSeconds(value * factor);
        }

        result.AddError($"--timeout is {text}, but must be a time above 0 such as 90s, 15m or 2h.");
        return null;
    }
}

/// <summary>How to train here.</summary>
/// <param name="Slots">Trials at a time.</param>
/// <param name="ThreadsPerTrial">Threads of each.</param>
/// <param name="Http">Address to serve at, or null.</param>
/// <param name="Timeout">When to stop, or null.</param>
/// <param name="Top">Rows of the leaderboard; 0 for all.</param>
/// <param name="Statistics">Whether to say how fast it went.</param>
internal sealed record RunSettings(int Slots, int ThreadsPerTrial, string? Http, TimeSpan? Timeout, int Top, bool Statistics);
