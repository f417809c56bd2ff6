using System.CommandLine;
using System.Text.Json.Nodes;
using ApproxCluster.Client.Local;
using ApproxCluster.Client.Rendering;
using ApproxCluster.Engine;
using ApproxCluster.Search;
using ApproxCluster.Storage;
using ApproxCluster.Trainer;

namespace ApproxCluster.Client.Commands;

/// <summary><c>approx check FILE</c>: validates a sweep file and its data, and says what would run.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "Sweep file; see docs/sweep-file.md." };
        var slots = new Option<int>("--slots") { Description = "Slots that the estimate of time reckons with.", HelpName = "N", DefaultValueFactory = _ => Environment.ProcessorCount, CustomParser = result => WholeNumber.Parse(result, "--slots", 1) ?? 1 };
        var command = new Command("check", "Check a sweep file and its data, and say what would run.") { file, slots };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetRequiredValue(file), parsed.GetValue(slots), CommandContext.Of(parsed), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string file, int slots, CommandContext context, CancellationToken cancellationToken)
    {
        var sweep = SweepFiles.Open(file, null, context);
        var from = await FromAsync(file, sweep.Spec, context, cancellationToken);
        var target = SweepFiles.Preload(sweep.Target);
        var spec = sweep.Spec;
        var shape = sweep.Shape;
        var plan = SweepChecks.Plan(spec, shape);
        if (plan.Networks is { Typical: null, Refusal: var refusal })
        {
            throw CommandException.Usage($"{file}: No configuration can be trained. {refusal}");
        }

        var cost = plan.Networks is { Typical: { } typical } networks && target is not null ? Cost(networks, typical, spec, target, slots, context) : default((double Seconds, double Pace)?);
        if (context.Output == OutputForm.Json)
        {
            SweepReport.Print(Document(file, plan, spec.Name, slots, cost), context.Terminal.Writer);
            return ExitCodes.Done;
        }

        var table = new TextTable().Left(file).Left("is a sound sweep file");
        if (spec.Command is { } command)
        {
            var (folder, program) = ProgramPath.Find(command, sweep.DataFolder);
            table.Add(["trainer", $"{string.Join(' ', command.Arguments)}, in {folder}"]);
            table.Add(["program", $"{program}, which gets its parameters {How(command.Parameters)}"]);
        }
        else
        {
            table.Add(["target", Terminal.Text($"{spec.TargetName}: {shape.Inputs} inputs, {shape.Outputs} outputs, {Task(shape.Task)}")]);
            table.Add(["samples", Terminal.Text($"{Numbers.Whole(shape.TrainingSamples)} training, {Numbers.Whole(shape.ValidationSamples)} validation, {Numbers.Whole(shape.TestSamples)} test")]);
        }

        table.Add(["objective", Words.Of(spec.Objective)]);
        table.Add(["searched", string.Join(", ", SearchedParameters.Paths(spec.Space)) is { Length: > 0 } paths ? paths : "nothing: every parameter is fixed"]);
        table.Add(["trials", Trials(plan, spec)]);
        if (from is not null)
        {
            table.Add(["from", from]);
        }

        table.Add(["rungs", plan.Rungs.Count == 0 ? Terminal.Text($"none: every trial trains {spec.Epochs} epochs") : string.Join(", ", plan.Rungs.Select(rung => Terminal.Text($"{rung}"))) + " epochs"]);
        if (plan.Networks is { } size && cost is { } known)
        {
            AddCost(table, size, plan, known, slots);
        }
        else
        {
            table.Add(["epochs", Terminal.Text($"{(plan.Rungs.Count > 0 ? "about " : "")}{Numbers.Whole((long)plan.ExpectedEpochs)}{(plan.Rungs.Count > 0 ? " with the pruner" : "")}; how long one takes is the program's affair")]);
        }

        table.Print(context.Terminal);
        return ExitCodes.Done;
    }

    // A cluster has sweeps of its own, which it looks at when the file is submitted.
    private static async Task<string?> FromAsync(string file, SweepSpec spec, CommandContext context, CancellationToken cancellationToken)
    {
        if (spec.From is null || context.Cluster is not null)
        {
            return null;
        }

        var home = new LocalHome(context.Home);
        if (!home.Exists)
        {
            throw CommandException.Usage($"{file}: from is '{spec.From}', but there are no sweeps in {home.Folder}. Name their place with --home, or leave it out.");
        }

        await using var store = await home.OpenAsync(context.Time, cancellationToken);
        try
        {
            var taken = (await EarlierSweeps.TakeAsync(store, spec, cancellationToken))!;
            return Terminal.Text($"{spec.From}: {taken.Observations.Count} observations known from the start, {taken.Dropped} dropped");
        }
        catch (ArgumentException refusal)
        {
            throw CommandException.Usage($"{file}: {refusal.Message}");
        }
    }

    private static (double Seconds, double Pace) Cost(NetworkPlan networks, TrialConfiguration typical, SweepSpec spec, ITarget target, int slots, CommandContext context)
    {
        var seconds = networks.ExpectedWork / TrainingPace.Measure(typical, spec.Seed, target, context.Time) / slots;
        return (seconds, networks.ExpectedFlops / seconds / slots);
    }

    private static void AddCost(TextTable table, NetworkPlan size, SweepPlan plan, (double Seconds, double Pace) cost, int slots)
    {
        table.Add(["parameters", size.MinimumParameters == size.MaximumParameters ? Numbers.Whole(size.MaximumParameters) : $"{Numbers.Whole(size.MinimumParameters)} .. {Numbers.Whole(size.MaximumParameters)}"]);
        if (size.Refused > 0)
        {
            table.Add(["will fail", Terminal.Text($"{size.Refused} of {size.Examined} configurations looked at: {size.Refusal}")]);
        }

        table.Add(["operations", $"{(plan.Rungs.Count > 0 ? "about " : "")}{Numbers.Large(size.ExpectedFlops)}FLOP{(plan.Rungs.Count > 0 ? " with the pruner" : "")}"]);
        table.Add(["time", Terminal.Text($"about {Numbers.Duration(TimeSpan.FromSeconds(cost.Seconds))} on this machine ({slots} {(slots == 1 ? "slot" : "slots")} of {Numbers.Large(cost.Pace)}FLOP/s, from a measurement)")]);
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

    private static string How(ParameterPassing passing) => passing switch
    {
        ParameterPassing.Environment => "in APPROX_PARAMETERS",
        ParameterPassing.Stdin => "on standard input",
        _ => "as its last argument",
    };

    private static JsonObject Document(string file, SweepPlan plan, string name, int slots, (double Seconds, double Pace)? cost) => new()
    {
        ["file"] = file,
        ["name"] = name,
        ["trials"] = plan.Trials,
        ["configurations"] = plan.Configurations,
        ["replicates"] = plan.Replicates,
        ["rungs"] = new JsonArray([.. plan.Rungs.Select(rung => JsonValue.Create(rung))]),
        ["parameter_count_min"] = plan.Networks?.MinimumParameters,
        ["parameter_count_max"] = plan.Networks?.MaximumParameters,
        ["refused"] = plan.Networks?.Refused,
        ["flops"] = plan.Networks?.ExpectedFlops,
        ["flops_per_second"] = cost is { } known ? Math.Round(known.Pace) : null,
        ["slots"] = slots,
        ["seconds"] = SweepReport.Number(cost is { } of ? Math.Round(of.Seconds, 3) : null),
    };
}
