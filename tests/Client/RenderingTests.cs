using ApproxCluster.Client.Rendering;
using ApproxCluster.Search;
using ApproxCluster.Storage;

namespace ApproxCluster.Client.Tests;

public sealed class RenderingTests
{
    [Fact]
    public async Task Leaderboard_FinishedSweep_PrintsTheAgreedText() =>
        GoldenText.Check("leaderboard", Print(await SampleSweep.BuildAsync(), top: 20));

    [Fact]
    public async Task Leaderboard_FewRowsAskedFor_SaysHowManyMoreThereAre() =>
        GoldenText.Check("leaderboard-top", Print(await SampleSweep.BuildAsync(), top: 2));

    [Fact]
    public async Task Leaderboard_RunningSweep_CallsNobodyTheWinner() =>
        GoldenText.Check("leaderboard-running", Print(await SampleSweep.BuildAsync(results: 3), top: 20));

    [Fact]
    public async Task Leaderboard_Replicates_PrintsMeansAndIntervals() =>
        GoldenText.Check("leaderboard-replicates", Print(await SampleSweep.BuildAsync(SampleSweep.Text + "\nreplicates: 2"), top: 20));

    [Fact]
    public async Task Leaderboard_NothingTrainedYet_SaysSo() =>
        Assert.Contains("No trial has a result yet.", Print(await SampleSweep.BuildAsync(results: 0), top: 20), StringComparison.Ordinal);

    [Fact]
    public async Task EveryForm_SeveralObjectives_ShowsTheValuesOfAll()
    {
        var state = await SampleSweep.BuildAsync(SampleSweep.Text + "\nobjective: [{minimize: validation.loss}, {minimize: flops}, {minimize: parameters}]");
        using var csv = new StringWriter();
        SweepTable.PrintCsv(state, csv);
        var flops = state.Trials[0].Objectives[1];

        var text = Print(state, top: 20);
        var rows = csv.ToString().Split('\n').Select(line => line.Split(',')).ToList();
        var document = SweepReport.Of("sample-0000", state);

        Assert.Matches(@"validation\.loss +flops +gap +best epoch +parameters", text);
        Assert.Contains("no other is better in all objectives at once", text, StringComparison.Ordinal);
        Assert.True(flops > 0);
        Assert.Equal(flops, double.Parse(rows[1][Array.IndexOf(rows[0], "flops")], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal([state.Trials[0].Value!.Value, flops, state.Trials[0].ParameterCount], document["trials"]![0]!["objectives"]!.AsArray().Select(value => value!.GetValue<double>()));
    }

    [Fact]
    public async Task Leaderboard_ManyKindsOfFailure_SaysHowManyAreNotShown()
    {
        var state = await SampleSweep.BuildAsync(fails: true);

        Assert.Contains("failed: 3 x otherwise, in 3 ways; 'approx show sample-0000 TRIAL' says how a trial did", Print(state, top: 20), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TrialPage_LastWordsWithEscapes_ReachNoTerminal()
    {
        var state = await SampleSweep.BuildAsync(fails: true);
        using var output = new StringWriter();

        TrialPage.Print("sample-0000", state, state.Trials[0], [], new Terminal(output, TextWriter.Null, noColor: false, quiet: false));

        Assert.Contains("  | error:\ttoo hot\uFFFD", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TrialPage_OverfittingTrial_PrintsParametersResultAndCurves() => GoldenText.Check("trial", await PageAsync(4));

    [Fact]
    public async Task TrialPage_DivergedTrial_NamesTheReason() => GoldenText.Check("trial-diverged", await PageAsync(2));

    [Fact]
    public async Task Csv_FinishedSweep_HasARowForEachTrial()
    {
        var state = await SampleSweep.BuildAsync();
        using var output = new StringWriter();

        SweepTable.PrintCsv(state, output);

        GoldenText.Check("trials", output.ToString());
    }

    [Fact]
    public async Task Json_FinishedSweep_HasTheAgreedKeys()
    {
        var document = SweepReport.Of("sample-0000", await SampleSweep.BuildAsync());
        using var output = new StringWriter();

        SweepReport.Print(document, output);

        GoldenText.Check("report", output.ToString());
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.00001234, "1.234e-5")]
    [InlineData(0.00055218, "0.0005522")]
    [InlineData(12.345678, "12.346")]
    [InlineData(123456, "1.235e+5")]
    [InlineData(double.NaN, "nan")]
    [InlineData(double.NegativeInfinity, "-inf")]
    public void Short_AnyNumber_IsShort(double value, string text) => Assert.Equal(text, Numbers.Short(value));

    [Theory]
    [InlineData(0, "0 ")]
    [InlineData(999, "999 ")]
    [InlineData(1500, "1.5 k")]
    [InlineData(2.5e9, "2.5 G")]
    public void Large_AnyNumber_HasAPrefix(double value, string text) => Assert.Equal(text, Numbers.Large(value) + (value < 1000 ? " " : ""));

    [Fact]
    public void Names_SameEndings_AreToldApart()
    {
        var names = SearchedParameters.Names(["width", "encoding.taylor.order", "encoding.fourier1d.order"]);

        Assert.Equal(["fourier1d.order", "taylor.order", "width"], names.Values.Order(StringComparer.Ordinal));
    }

    private static string Print(SweepState state, int top)
    {
        using var output = new StringWriter();
        SweepTable.Print("sample-0000", state, top, new Terminal(output, TextWriter.Null, noColor: false, quiet: false));
        return output.ToString();
    }

    private static async Task<string> PageAsync(int number)
    {
        var state = await SampleSweep.BuildAsync();
        var trial = state.Trials[number];
        using var output = new StringWriter();
        List<EpochRow> epochs = [.. trial.Epochs.Select(report => new EpochRow(number, report, null))];
        TrialPage.Print("sample-0000", state, trial, epochs, new Terminal(output, TextWriter.Null, noColor: false, quiet: false));
        return output.ToString();
    }
}
