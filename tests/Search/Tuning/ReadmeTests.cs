using System.Runtime.CompilerServices;
using ApproxCluster.Testing;

namespace ApproxCluster.Search.Tests;

/// <summary>The example of the package's README: the code between the marks is the same text there, and does what is said there.</summary>
public sealed class ReadmeTests
{
    private const string Begin = "        // begin of example\n";
    private const string End = "        // end of example\n";

    [Fact]
    public void Example_InTheReadme_IsTheCodeOfThisTest()
    {
        var readme = File.ReadAllText(RepositoryRoot.PathOf("src", "Search", "README.md"));
        var source = File.ReadAllText(RepositoryRoot.PathOf("tests", "Search", "Tuning", "ReadmeTests.cs"));

        var code = Between(source, Begin, End).Replace("\n        ", "\n", StringComparison.Ordinal)[8..];

        Assert.Equal(Between(readme, "```csharp\n", "```\n"), code);
    }

    [Fact]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Example_AsWritten_FindsAGoodPoint()
    {
        // begin of example
        var space = new SearchSpace(
        [
            new("learning_rate", new FloatDomain(1e-5, 1, Log: true)),
            new("layers", new IntDomain(1, 6)),
            new("optimizer", new ChoiceDomain(
            [
                new(ParameterValue.Of("sgd"), [new("optimizer.sgd.momentum", new FloatDomain(0, 0.99))]),
                new(ParameterValue.Of("adam"), []),
            ])),
        ]);
        var tuner = new Tuner(
            new SamplerSettings { Space = space, Seed = 1, Budget = 60, Epochs = 27 },
            new AutoSamplerSpec(),
            new AshaPrunerSpec(MinEpochs: 1, ReductionFactor: 3));

        for (var number = 0; number < 60 && tuner.Ask() is { } trial; number++)
        {
            var rate = trial.Parameters.Number("learning_rate");
            var layers = trial.Parameters.Whole("layers");
            var momentum = trial.Parameters["optimizer.sgd.momentum"]?.Number ?? 0.9;   // null under adam
            while (trial.State == TrialState.Running)
            {
                tuner.Report(trial, Loss(rate, layers, momentum, epoch: trial.Costs.Count + 1));   // ends it: pruned, or completed after 27 epochs
            }
        }

        var best = tuner.Recommend()!;
        // end of example

        Assert.True(best.Values[0] < 0.1, $"{best.Parameters}: {best.Values[0]}");
        Assert.True(tuner.Trials.Count(trial => trial.State == TrialState.Pruned) > 30);

        static double Loss(double rate, long layers, double momentum, int epoch) =>
            Math.Abs(Math.Log10(rate) + 2.5) * 0.2 + Math.Abs(layers - 3) * 0.05 + Math.Abs(momentum - 0.9) * 0.1 + 1.0 / (epoch + 1);
    }

    [Fact]
    public void OptunaTable_InTheReadme_IsTheCodeOfThisTest()
    {
        var readme = File.ReadAllText(RepositoryRoot.PathOf("src", "Search", "README.md"));
        var source = File.ReadAllText(RepositoryRoot.PathOf("tests", "Search", "Tuning", "ReadmeTests.cs"));
        var rows = Between(readme, "| Optuna | Here |\n", "\n\n").Split('\n').Skip(1);
        var codes = rows.Select(row => row.Split(" | ")[^1]).SelectMany(cell => cell.Split('`').Where((_, index) => index % 2 == 1)).ToList();

        Assert.InRange(codes.Count, 18, 30);
        Assert.All(codes, code => Assert.Contains(code, source, StringComparison.Ordinal));
    }

    [Fact]
    public void OptunaTable_AsWritten_DoesWhatItSays()
    {
        Parameter momentum = new("momentum", new FloatDomain(0, 1));
        var space = new SearchSpace(
        [
            new("rate", new FloatDomain(1e-5, 1, Log: true)),
            new("width", new IntDomain(16, 256, Step: 16)),
            new("rule", new ChoiceDomain([new(ParameterValue.Of("sgd"), [momentum]), new(ParameterValue.Of("adam"), [])])),
        ]);
        var tuner = new Tuner(new() { Space = space, Seed = 1, Budget = 100, Epochs = 30 }, new TpeSamplerSpec(), new MedianPrunerSpec(), maximize: [true]);
        tuner.Enqueue(new Assignment([new("rate", ParameterValue.Of(0.01))]));
        Train(tuner.Ask()!, 3);
        Assert.All(tuner.Trials, trial => Assert.Equal(0.01, trial.Parameters.Number("rate")));
        Assert.All(tuner.Trials, trial => Assert.Equal(0, trial.Parameters.Whole("width") % 16));
        Assert.All(tuner.Trials, trial => Assert.Contains(trial.Parameters.Word("rule"), new[] { "sgd", "adam" }));
        var failed = tuner.Ask()!;
        Fail(failed);
        Assert.Equal(TrialState.Failed, failed.State);
        for (var number = 0; number < 8; number++)
        {
            Train(tuner.Ask()!, 2 - number);
        }

        Assert.Contains(tuner.Trials, trial => trial.State == TrialState.Pruned);
        var point = tuner.Trials[0].Parameters;
        tuner.Enqueue(point);
        tuner.Tell(tuner.Ask()!, 0.2);
        Assert.Equal((0.2, point), (tuner.Trials[^1].Values[0], tuner.Trials[^1].Parameters));
        while (tuner.Trials.Count < 100 && tuner.Ask() is { } trial) { tuner.Tell(trial, Objective(trial.Parameters)); }

        Assert.Equal(100, tuner.Trials.Count);
        Assert.Equal(tuner.Best, tuner.Trials.Where(trial => trial.State == TrialState.Completed).MaxBy(trial => trial.Values[0]));
        Assert.Contains(tuner.Best, tuner.Front());
        var times = tuner.Trials.Select(_ => new TrialTimes(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch)).ToArray();
        using var writer = new StringWriter();
        OptunaJournal.Write(writer, "name", tuner, space, number => times[number]);
        Assert.NotEmpty(writer.ToString());

        void Fail(TuningTrial trial) => tuner.Tell(trial, TrialState.Failed);

        void Train(TuningTrial trial, double value)
        {
            while (trial.State == TrialState.Running)
            {
                if (tuner.Report(trial, value) == VerdictKind.Prune) { return; }
            }
        }

        static double Objective(Assignment parameters) =>
            -Math.Abs(Math.Log10(parameters.Number("rate")) + 2) - parameters.Whole("width") / 256.0 + (parameters.Word("rule") == "sgd" ? parameters.Number("momentum") : 0);
    }

    private static string Between(string text, string begin, string end)
    {
        var from = text.LastIndexOf(begin, StringComparison.Ordinal) + begin.Length;
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }
}
