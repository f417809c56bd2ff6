using System.Runtime.InteropServices;

namespace ApproxCluster.Trainer.Tests;

/// <summary>Exported files run in onnxruntime give what the model predicts.</summary>
public sealed class OnnxRuntimeTests : IDisposable
{
    private const int Rows = 150;
    private const double Tolerance = 1e-5;

    private readonly string folder = Directory.CreateTempSubdirectory("approx-onnx-").FullName;
    private readonly List<(string Name, float[] Expected)> cases = [];

    [Fact]
    public async Task ExportOnnx_EveryEncodingScalerActivationAndLoss_RunsWithinTolerance()
    {
        foreach (var scaler in Enum.GetValues<ScalerKind>())
        {
            Add($"scaler-{scaler}", ModelProblems.Fit(TaskKind.Regression, new EncodingConfiguration(EncodingKind.Identity, 0, scaler)));
        }

        foreach (var activation in Enum.GetValues<ActivationKind>())
        {
            Add($"activation-{activation}", ModelProblems.Fit(TaskKind.Regression, activation: new ActivationConfiguration(activation, 0.3)));
        }

        foreach (var task in Enum.GetValues<TaskKind>())
        {
            Add($"task-{task}", ModelProblems.Fit(task, outputs: 5));
            Add($"taylor-{task}", ModelProblems.Fit(task, new EncodingConfiguration(EncodingKind.Taylor, 4), inputs: 2));
            Add($"fourier-{task}", ModelProblems.Fit(task, new EncodingConfiguration(EncodingKind.Fourier1d, 6), inputs: 2));
            Add($"linear-{task}", ModelProblems.Fit(task, widths: []));
        }

        Add("taylor-1", ModelProblems.Fit(TaskKind.Regression, new EncodingConfiguration(EncodingKind.Taylor, 1)));
        Add("fourier-one-input", ModelProblems.Fit(TaskKind.Regression, new EncodingConfiguration(EncodingKind.Fourier1d, 16), inputs: 1, outputs: 1));
        Add("fourier-1024", ModelProblems.Fit(TaskKind.Regression, new EncodingConfiguration(EncodingKind.Fourier1d, 1024), inputs: 1, outputs: 1));

        await CheckAsync();
    }

    [Fact]
    public async Task ExportOnnx_WithoutProbabilities_GivesLogits()
    {
        using var model = ModelProblems.Fit(TaskKind.BinaryClassification);
        model.ExportOnnx(Path.Combine(folder, "logits.onnx"), probabilities: false);
        Add("logits", model, [.. model.Predict(ModelProblems.Inputs(Rows, 3)).Select(p => (float)Math.Log(p / (1.0 - p)))]);

        await CheckAsync();
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void Add(string name, Model model)
    {
        model.ExportOnnx(Path.Combine(folder, name + ".onnx"));
        Add(name, model, model.Predict(ModelProblems.Inputs(Rows, model.Definition.Inputs)));
        model.Dispose();
    }

    private void Add(string name, Model model, float[] expected)
    {
        var x = ModelProblems.Inputs(Rows, model.Definition.Inputs);
        File.WriteAllBytes(Path.Combine(folder, name + ".in"), MemoryMarshal.AsBytes(x.AsSpan()).ToArray());
        File.WriteAllText(Path.Combine(folder, name + ".rows"), FormattableString.Invariant($"{Rows}"));
        cases.Add((name, expected));
    }

    private async Task CheckAsync()
    {
        await OnnxRuntime.RunAsync(folder);
        foreach (var (name, expected) in cases)
        {
            var actual = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(folder, name + ".out"))).ToArray();
            Assert.Equal(expected.Length, actual.Length);
            var worst = expected.Zip(actual, (ours, theirs) => Math.Abs((double)ours - theirs) / Math.Max(1, Math.Abs(ours))).Max();
            Assert.True(worst <= Tolerance, $"{name}: off by {worst:g3}");
        }
    }
}
