using System.Runtime.CompilerServices;
using ApproxCluster.Testing;

namespace ApproxCluster.Trainer.Tests;

/// <summary>The example of the package's README: the code between the marks is the same text there, and does what is said there.</summary>
[Collection(nameof(CurrentDirectory))]
public sealed class ReadmeTests
{
    private const string Begin = "        // begin of example\n";
    private const string End = "        // end of example\n";

    [Fact]
    public void Example_AsWritten_FitsSavesAndLoads()
    {
        var before = Directory.GetCurrentDirectory();
        var folder = Directory.CreateTempSubdirectory("approx-readme-");
        try
        {
            Directory.SetCurrentDirectory(folder.FullName);
            Run();
            Assert.Equal(["circle.model", "circle.onnx"], folder.GetFiles().Select(file => file.Name).Order());
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Example_InTheReadme_IsTheCodeOfThisTest()
    {
        var readme = File.ReadAllText(RepositoryRoot.PathOf("src", "Trainer", "README.md"));
        var source = File.ReadAllText(RepositoryRoot.PathOf("tests", "Trainer", "Models", "ReadmeTests.cs"));

        var code = Between(source, Begin, End).Replace("\n        ", "\n", StringComparison.Ordinal)[8..];

        Assert.Equal(Between(readme, "```csharp\n", "```\n"), code);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Run()
    {
        // begin of example
        // 200 points of two colours: is a point inside of a circle?
        var x = new float[2 * 200];
        var labels = new int[200];
        for (var i = 0; i < 200; i++)
        {
            x[2 * i] = i % 20 / 10f - 0.95f;
            x[2 * i + 1] = i / 20 / 5f - 0.9f;
            labels[i] = x[2 * i] * x[2 * i] + x[2 * i + 1] * x[2 * i + 1] < 0.5f ? 1 : 0;
        }

        var configuration = new TrialConfiguration
        {
            Encoding = new EncodingConfiguration(EncodingKind.Identity),
            HiddenWidths = [16, 16],
            Activation = new ActivationConfiguration(ActivationKind.Tanh),
            Loss = LossKind.BinaryCrossEntropy,
            Optimizer = OptimizerConfiguration.Default(OptimizerKind.Adam, learningRate: 0.01),
            BatchSize = 20,
            Epochs = 100,
        };

        using var model = Model.Fit(configuration, x, inputs: 2, labels, new FitOptions { Seed = 1 });
        model.Save("circle.model");

        using var loaded = Model.Load("circle.model");
        float[] inside = loaded.Predict([0f, 0f, 0.9f, 0.9f]);   // two points: probabilities of label 1
        int[] predicted = loaded.PredictLabels(x);
        loaded.ExportOnnx("circle.onnx");
        // end of example

        Assert.Equal(["1.000", "0.000"], inside.Select(p => FormattableString.Invariant($"{p:f3}")));
        Assert.InRange(predicted.Zip(labels, (ours, right) => ours == right ? 1 : 0).Sum(), 190, 200);
    }

    /// <summary>The current directory belongs to the whole process: nothing else may run meanwhile.</summary>
    [CollectionDefinition(nameof(CurrentDirectory), DisableParallelization = true)]
    public sealed class CurrentDirectory;

    private static string Between(string text, string begin, string end)
    {
        var from = text.LastIndexOf(begin, StringComparison.Ordinal) + begin.Length;
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }
}
