using System.CommandLine;
using System.Text.Json.Nodes;
using ApproxCluster.Client.Rendering;
using ApproxCluster.Client.Sources;
using ApproxCluster.Storage;

namespace ApproxCluster.Client.Commands;

/// <summary><c>approx show ID [TRIAL]</c>: a sweep's leaderboard, one trial with its curves, or the effect of parameters.</summary>
internal static class ShowCommand
{
    public static Command Create()
    {
        var sweep = new Argument<string>("ID") { Description = "The sweep, as 'approx ls' names it." };
        var trial = new Argument<int?>("TRIAL") { Description = "Number of a trial, for its parameters and curves.", Arity = ArgumentArity.ZeroOrOne, CustomParser = result => WholeNumber.Parse(result, "TRIAL") };
        var top = new Option<int>("--top") { Description = "Rows of the leaderboard to print; 0 for all.", HelpName = "N", DefaultValueFactory = _ => 20, CustomParser = result => WholeNumber.Parse(result, "--top", 0) ?? 0 };
        var by = new Option<string>("--by") { Description = "The objective by this parameter, the others averaged out, instead of the leaderboard.", HelpName = "PARAM" };
        var and = new Option<string>("--and") { Description = "With --by: by this parameter too.", HelpName = "PARAM" };
        var command = new Command("show", "Show a sweep's leaderboard, a trial's parameters and curves, or the effect of parameters.") { sweep, trial, top, by, and };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetRequiredValue(sweep),
            parsed.GetValue(trial),
            parsed.GetValue(top),
            [.. new[] { parsed.GetValue(by), parsed.GetValue(and) }.OfType<string>()],
            parsed.GetValue(by) is not null,
            CommandContext.Of(parsed),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string id, int? trial, int top, string[] paths, bool isBy, CommandContext context, CancellationToken cancellationToken)
    {
        if (paths.Length > 0 && (trial is not null || !isBy))
        {
            throw CommandException.Usage("--and goes with --by, and neither with a trial. Write 'approx show ID --by PARAM --and PARAM'.");
        }

        await using var source = await SweepSources.OpenAsync(context, cancellationToken);
        await SweepSources.FindAsync(source, id, cancellationToken);
        var state = await SweepSources.ReplayAsync(source, id, cancellationToken);
        if (trial is { } number)
        {
            return await ShowTrialAsync(source, id, state, number, context, cancellationToken);
        }

        if (paths.Length > 0)
        {
            EffectsView.Show(id, paths, Effects(state, paths), context);
            return ExitCodes.Done;
        }

        switch (context.Output)
        {
            case OutputForm.Json:
                SweepReport.Print(SweepReport.Of(id, state), context.Terminal.Writer);
                break;
            case OutputForm.Csv:
                SweepTable.PrintCsv(state, context.Terminal.Writer);
                break;
            default:
                SweepTable.Print(id, state, top, context.Terminal);
                break;
        }

        return ExitCodes.Done;
    }

    private static IReadOnlyList<Search.ParameterEffect> Effects(Search.SweepState state, string[] paths)
    {
        try
        {
            return Search.ParameterEffects.Of(state, paths);
        }
        catch (ArgumentException fault)
        {
            throw CommandException.Usage(fault.Message);
        }
    }

    private static async Task<int> ShowTrialAsync(
        ISweepSource source, string id, Search.SweepState state, int number, CommandContext context, CancellationToken cancellationToken)
    {
        var trial = SweepSources.TrialOf(state, id, number);
        IReadOnlyList<EpochRow> epochs =
        [
            .. trial.Epochs.Take(trial.From?.Epoch ?? 0).Select(report => new EpochRow(number, report, null)),
            .. await source.ListEpochsAsync(id, number, cancellationToken),
        ];
        switch (context.Output)
        {
            case OutputForm.Json:
                var metric = state.Spec.MetricName(state.Shape);
                var document = SweepReport.TrialOf(state, trial, metric);
                document["sweep"] = id;
                document["curves"] = new JsonArray([.. epochs.Select(epoch => Document(epoch, metric))]);
                SweepReport.Print(document, context.Terminal.Writer);
                break;
            case OutputForm.Csv:
                SweepTable.PrintEpochsCsv(number, epochs.Select(epoch => epoch.Report), state.Spec.MetricName(state.Shape), context.Terminal.Writer);
                break;
            default:
                TrialPage.Print(id, state, trial, epochs, context.Terminal);
                break;
        }

        return ExitCodes.Done;
    }

    private static JsonObject Document(EpochRow epoch, string metric) => new()
    {
        ["epoch"] = epoch.Report.Epoch,
        ["training_loss"] = SweepReport.Number(epoch.Report.TrainingLoss),
        ["validation_loss"] = SweepReport.Number(epoch.Report.ValidationLoss),
        ["training_" + metric] = SweepReport.Number(epoch.Report.TrainingMetric),
        ["validation_" + metric] = SweepReport.Number(epoch.Report.ValidationMetric),
        ["learning_rate"] = SweepReport.Number(epoch.Report.LearningRate),
        ["seconds"] = SweepReport.Number(epoch.Seconds),
    };
}
