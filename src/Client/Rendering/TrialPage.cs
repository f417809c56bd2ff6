using ApproxCluster.Search;
using ApproxCluster.Storage;
using ApproxCluster.Trainer;
using Spectre.Console;

namespace ApproxCluster.Client.Rendering;

/// <summary>One trial for people: parameters, results, curves.</summary>
internal static class TrialPage
{
    private static readonly Color TrainingColor = Color.Grey;
    private static readonly Color ValidationColor = Color.Yellow;

    /// <summary>Prints a trial.</summary>
    /// <param name="sweep">The sweep's identity.</param>
    /// <param name="state">The sweep.</param>
    /// <param name="trial">The trial.</param>
    /// <param name="epochs">Its curves, ahead of the journal perhaps.</param>
    /// <param name="terminal">Where to.</param>
    public static void Print(string sweep, SweepState state, Trial trial, IReadOnlyList<EpochRow> epochs, Terminal terminal)
    {
        var metric = state.Spec.MetricName(state.Shape);
        terminal.Line(Terminal.Text(
            $"{sweep} trial {trial.Number}  {StateOf(trial)}  configuration {trial.Configuration}, replicate {trial.Replicate}, {epochs.Count}/{state.Spec.Epochs} epochs"));
        terminal.Line();
        var table = new TextTable().Left("parameter").Left("value");
        foreach (var (path, value) in trial.Parameters)
        {
            table.Add([path, value.ToString()]);
        }

        table.Print(terminal);
        Lineage.Print(state, trial, terminal);
        if (state.Spec.Command is null)
        {
            terminal.Line(Terminal.Text($"{Numbers.Whole(trial.ParameterCount)} trainable numbers"));
        }

        if (trial.Output is { } output)
        {
            terminal.Line();
            terminal.Line("last words of the program:");
            terminal.Line(string.Join(Environment.NewLine, output.Split('\n').Select(line => $"  | {Terminal.Plain(line)}")));
        }

        terminal.Line();
        PrintResult(state, trial, metric, terminal);
        PrintCurves(epochs, metric, terminal);
    }

    private static string StateOf(Trial trial)
    {
        string[] more =
        [
            .. new[] { trial.State == TrialState.Failed ? Words.Of(trial.Reason) : null, trial.Detail, trial.Retries > 0 ? Terminal.Text($"run again {trial.Retries}x") : null }.OfType<string>(),
        ];
        return more.Length == 0 ? Words.Of(trial.State) : $"{Words.Of(trial.State)} ({string.Join(", ", more)})";
    }

    private static void PrintResult(SweepState state, Trial trial, string metric, Terminal terminal)
    {
        if (Leaderboard.ResultOf(state, trial) is not { } result)
        {
            terminal.Line("No epoch has ended with finite numbers yet.");
            return;
        }

        var table = new TextTable().Left("").Right("epoch").Right("training loss").Right("validation loss").Right($"training {metric}").Right($"validation {metric}").Right("gap");
        AddReport(table, "best", result.Best, result.Gap);
        AddReport(table, "last", result.Last, result.LastGap);
        table.Print(terminal);
        var further = ObjectiveReport.FurtherColumns(state.Spec);
        if (further.Count > 0 && trial.Objectives is { Count: > 0 } values)
        {
            terminal.Line($"at the best epoch: {string.Join(", ", further.Select(column => $"{column.Name} {Numbers.Short(values[column.Place])}"))}");
        }

        if (result.OverfitOnset is { } onset)
        {
            terminal.Line(Terminal.Text($"overfits from epoch {onset} on: validation loss stays above its minimum while training loss falls"));
        }

        if (trial.Test is { } test)
        {
            terminal.Line(Terminal.Text($"test split: {Words.Of(test, metric, state.Spec)}"));
        }
    }

    private static void AddReport(TextTable table, string name, EpochReport report, double gap) => table.Add(
    [
        name, Terminal.Text($"{report.Epoch}"), Figure(report, report.TrainingLoss), Figure(report, report.ValidationLoss),
        Figure(report, report.TrainingMetric), Figure(report, report.ValidationMetric), Figure(report, gap),
    ]);

    // A program need not report everything.
    private static string Figure(EpochReport report, double value) => report.Figures is not null && double.IsNaN(value) ? "-" : Numbers.Short(value);

    private static void PrintCurves(IReadOnlyList<EpochRow> epochs, string metric, Terminal terminal)
    {
        if (epochs.Count == 0)
        {
            return;
        }

        var reports = epochs.Select(epoch => epoch.Report).ToList();
        PrintChart("loss", new([.. reports.Select(report => report.TrainingLoss)], [.. reports.Select(report => report.ValidationLoss)]), terminal);
        PrintChart(metric, new([.. reports.Select(report => report.TrainingMetric)], [.. reports.Select(report => report.ValidationMetric)]), terminal);
    }

    private static void PrintChart(string title, CurveChart chart, Terminal terminal)
    {
        if (chart.IsEmpty)
        {
            return;
        }

        terminal.Line();
        if (!terminal.HasColor)
        {
            terminal.Line($"{title}: t training, v validation, * both");
            foreach (var line in chart.Letters())
            {
                terminal.Line(line);
            }

            return;
        }

        var heading = new Paragraph($"{title}: ");
        heading.Append("training ", new Style(TrainingColor)).Append("validation" + Environment.NewLine, new Style(ValidationColor));
        terminal.Out.Write(heading);
        foreach (var (label, cells) in chart.Braille())
        {
            var line = new Paragraph(label + " │");
            foreach (var (dots, validation) in cells)
            {
                line.Append(dots.ToString(), new Style(validation ? ValidationColor : TrainingColor));
            }

            terminal.Out.Write(line.Append(Environment.NewLine));
        }

        terminal.Line(chart.Axis());
    }
}
