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

    private static string Between(string text, string begin, string end)
    {
        var from = text.LastIndexOf(begin, StringComparison.Ordinal) + begin.Length;
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }
}
