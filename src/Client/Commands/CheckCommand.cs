using System.CommandLine;
using System.Text.Json.Nodes;
using ApproxCluster.Client.Local;
using ApproxCluster.Client.Rendering;
using ApproxCluster.Search;
using ApproxCluster.Trainer;

namespace ApproxCluster.Client.Commands;

/// <summary><c>approx check FILE</c>: validates a sweep file and its data, and says what would run.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "Sweep file; see docs/sweep-file.md." };
        var slots = new Option<int>("--slots") { Description = "Slots that the estimate of time reckons with.", HelpName = "N", DefaultValueFactory = _ => Environment.ProcessorCount };
        var command = new Command("check", "Check a sweep file and its data, and say what would run.") { file, slots };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(file), Math.Max(1, parsed.GetValue(slots)), CommandContext.Of(parsed)));
        return command;
    }

    private static int Run(string file, int slots, CommandContext context)
    {
        var sweep = SweepFiles.Open(file, null, context);
        var target = SweepFiles.Preload(sweep.Target);
        var plan = SweepChecks.Plan(sweep.Spec, target.Shape);
        var seconds = plan.ExpectedWork / TrainingPace.Measure(plan.Typical, sweep.Spec.Seed, target, context.Time) / slots;
        var pace = plan.ExpectedFlops / seconds / slots;
        if (context.Output == OutputForm.Json)
        {
            SweepReport.Print(Document(file, plan, sweep.Spec.Name, pace, slots, seconds), context.Terminal.Writer);
            return ExitCodes.Done;
        }

        var spec = sweep.Spec;
        var shape = target.Shape;
        var table = new TextTable().Left(file).Left("is a sound sweep file");
        table.Add(["target", Terminal.Text($"{spec.Target.Kind}: {shape.Inputs} inputs, {shape.Outputs} outputs, {Task(shape.Task)}")]);
        table.Add(["samples", Terminal.Text($"{Numbers.Whole(shape.TrainingSamples)} training, {Numbers.Whole(shape.ValidationSamples)} validation, {Numbers.Whole(shape.TestSamples)} test")]);
        table.Add(["objective", Words.Of(spec.Objective)]);
        table.Add(["searched", string.Join(", ", SearchedParameters.Paths(spec.Space)) is { Length: > 0 } paths ? paths : "nothing: every parameter is fixed"]);
        table.Add(["trials", Trials(plan, spec)]);
        table.Add(["rungs", plan.Rungs.Count == 0 ? Terminal.Text($"none: every trial trains {spec.Epochs} epochs") : string.Join(", ", plan.Rungs.Select(rung => Terminal.Text($"{rung}"))) + " epochs"]);
        table.Add(["parameters", plan.MinimumParameters == plan.MaximumParameters ? Numbers.Whole(plan.MaximumParameters) : $"{Numbers.Whole(plan.MinimumParameters)} .. {Numbers.Whole(plan.MaximumParameters)}"]);
        table.Add(["operations", $"{(plan.Rungs.Count > 0 ? "about " : "")}{Numbers.Large(plan.ExpectedFlops)}FLOP{(plan.Rungs.Count > 0 ? " with the pruner" : "")}"]);
        table.Add(["time", Terminal.Text($"about {Numbers.Duration(TimeSpan.FromSeconds(seconds))} on this machine ({slots} {(slots == 1 ? "slot" : "slots")} of {Numbers.Large(pace)}FLOP/s, from a measurement)")]);
        table.Print(context.Terminal);
        return ExitCodes.Done;
    }

    private static string Trials(SweepPlan plan, SweepSpec spec)
    {
        var how = spec.Race is { } race
            ? Terminal.Text($"at most {Numbers.Whole(plan.Configurations)} configurations raced over {race.Min} to {spec.Replicates} seeds")
            : Terminal.Text($"{Numbers.Whole(plan.Configurations)} configurations x {spec.Replicates} replicates");
        var fresh = plan.MaximumConfirmation > 0 ? Terminal.Text($", then at most {plan.MaximumConfirmation} on fresh seeds") : "";
        return Terminal.Text($"{Numbers.Whole(plan.Trials)} ({how}), {spec.Parallel} in flight{fresh}");
    }

    private static string Task(TaskKind task) => task switch
    {
        TaskKind.Regression => "regression",
        TaskKind.Classification => "classification",
        _ => "binary classification",
    };

    private static JsonObject Document(string file, SweepPlan plan, string name, double pace, int slots, double seconds) => new()
    {
        ["file"] = file,
        ["name"] = name,
        ["trials"] = plan.Trials,
        ["configurations"] = plan.Configurations,
        ["replicates"] = plan.Replicates,
        ["rungs"] = new JsonArray([.. plan.Rungs.Select(rung => JsonValue.Create(rung))]),
        ["parameter_count_min"] = plan.MinimumParameters,
        ["parameter_count_max"] = plan.MaximumParameters,
        ["flops"] = plan.ExpectedFlops,
        ["flops_per_second"] = Math.Round(pace),
        ["slots"] = slots,
        ["seconds"] = SweepReport.Number(Math.Round(seconds, 3)),
    };
}
