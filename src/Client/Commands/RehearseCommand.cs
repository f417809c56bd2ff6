using System.CommandLine;
using ApproxCluster.Client.Rendering;
using ApproxCluster.Client.Sources;
using ApproxCluster.Search;

namespace ApproxCluster.Client.Commands;

/// <summary><c>approx rehearse ID --pruner ...</c>: what pruners would have saved and lost on a sweep that is recorded.</summary>
internal static class RehearseCommand
{
    private static readonly string[] Usual = ["asha", "{asha: {promote: true}}", "sha", "hyperband", "median", "patience", "gap", "curve"];

    public static Command Create()
    {
        var sweep = new Argument<string>("ID") { Description = "The sweep, as 'approx ls' names it." };
        var pruners = new Option<string[]>("--pruner")
        {
            Description = $"A pruner, as sweep files have it; once or more. Default: {string.Join(", ", Usual)}.",
            HelpName = "PRUNER",
        };
        var some = new Option<bool>("--usable") { Description = "Rehearse with the trials whose whole curves are recorded, though others are not." };
        var command = new Command("rehearse", "Say what pruners would have saved and lost on a sweep that ran without one.") { sweep, pruners, some };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetRequiredValue(sweep), parsed.GetValue(pruners) is { Length: > 0 } given ? given : Usual, parsed.GetValue(some), CommandContext.Of(parsed), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string id, string[] texts, bool some, CommandContext context, CancellationToken cancellationToken)
    {
        await using var source = await SweepSources.OpenAsync(context, cancellationToken);
        await SweepSources.FindAsync(source, id, cancellationToken);
        var state = await SweepSources.ReplayAsync(source, id, cancellationToken);
        var pruners = Parse(texts, state.Spec.Epochs);
        var rehearsal = Prepare(id, state, some);
        var results = pruners.Select(rehearsal.Run).ToList();
        RehearsalReport.Print(id, state, texts, results, context);
        return ExitCodes.Done;
    }

    private static List<PrunerSpec> Parse(string[] texts, int epochs)
    {
        var specs = new List<PrunerSpec>();
        var faults = new List<string>();
        foreach (var text in texts)
        {
            var (spec, wrong) = SweepFile.ParsePruner(text, epochs, "--pruner");
            faults.AddRange(wrong.Select(fault => fault.ToString()));
            specs.Add(spec ?? new NoPrunerSpec());
        }

        return faults.Count == 0 ? specs : throw CommandException.Usage(string.Join('\n', faults));
    }

    private static Rehearsal Prepare(string id, SweepState state, bool some)
    {
        if (!state.Status.IsFinal())
        {
            throw CommandException.Usage($"Sweep {id} is {Words.Of(state.Status)}, but must have ended. Wait for it, or see it with 'approx show {id}'.");
        }

        var rehearsal = new Rehearsal(state);
        var (usable, all) = (rehearsal.Usable, state.Trials.Count);
        if (!rehearsal.HasWinner || (usable < all && !some))
        {
            var pruned = state.Trials.Count(trial => trial.State == TrialState.Pruned);
            var advice = rehearsal.HasWinner
                ? Terminal.Text($"Add --usable to rehearse with these {usable}, or rehearse a sweep that ran with 'pruner: none'.")
                : "Rehearse a sweep that ran with 'pruner: none'.";
            throw CommandException.Usage(Terminal.Text(
                $"Whole curves are recorded of {usable} of {all} trials in {id} ({pruned} were pruned), but must be of all, and one must have a result. {advice}"));
        }

        return rehearsal;
    }
}
