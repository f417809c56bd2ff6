using System.CommandLine;
using System.Globalization;
using ApproxCluster.Client.Rendering;
using ApproxCluster.Client.Sources;
using ApproxCluster.Search;

namespace ApproxCluster.Client.Commands;

/// <summary><c>approx compare A B</c>: two trials (<c>SWEEP:TRIAL</c>), or two sweeps and more.</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        var things = new Argument<string[]>("WHAT") { Description = "Two trials as SWEEP:TRIAL, or two or more sweeps, as 'approx ls' names them.", Arity = new ArgumentArity(2, 100) };
        var command = new Command("compare", "Compare two trials, or two sweeps and more.") { things };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetRequiredValue(things), CommandContext.Of(parsed), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string[] things, CommandContext context, CancellationToken cancellationToken)
    {
        if (context.Output == OutputForm.Csv)
        {
            throw CommandException.Usage("Output is csv, but must be table or json: a comparison has tables of several forms. Write '-o json'.");
        }

        var parts = things.Select(Parse).ToArray();
        var trials = parts.Count(part => part.Trial is not null);
        if (trials != 0 && (trials != parts.Length || parts.Length != 2))
        {
            throw CommandException.Usage($"WHAT is {string.Join(' ', things)}, but must be two trials as SWEEP:TRIAL, or sweeps only. Write 'approx compare A:0 B:3' or 'approx compare A B'.");
        }

        await using var source = await SweepSources.OpenAsync(context, cancellationToken);
        var sweeps = new List<(string Id, SweepState State)>();
        foreach (var (sweep, _) in parts)
        {
            await SweepSources.FindAsync(source, sweep, cancellationToken);
            sweeps.Add((sweep, await SweepSources.ReplayAsync(source, sweep, cancellationToken)));
        }

        if (trials > 0)
        {
            var (left, right) = (SweepSources.TrialOf(sweeps[0].State, sweeps[0].Id, parts[0].Trial!.Value), SweepSources.TrialOf(sweeps[1].State, sweeps[1].Id, parts[1].Trial!.Value));
            var difference = TrialDifference.Of(sweeps[0].State, left, sweeps[1].State, right);
            Show(context, TrialComparison.Document(things, difference), terminal => TrialComparison.Print(things, difference, terminal));
            return ExitCodes.Done;
        }

        // Sweeps of different metrics have no difference, but each has its own figures.
        var comparison = sweeps is [var (_, first), var (_, second)] && first.Spec.Objective.Metric == second.Spec.Objective.Metric ? SweepDifference.Of(first, second) : null;
        Show(context, SweepComparison.Document(sweeps, comparison), terminal => SweepComparison.Print(sweeps, comparison, terminal));
        return ExitCodes.Done;
    }

    private static void Show(CommandContext context, System.Text.Json.Nodes.JsonObject document, Action<Terminal> print)
    {
        if (context.Output == OutputForm.Json)
        {
            SweepReport.Print(document, context.Terminal.Writer);
        }
        else
        {
            print(context.Terminal);
        }
    }

    private static (string Sweep, int? Trial) Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0 && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var trial) ? (text[..colon], trial) : (text, null);
    }
}
