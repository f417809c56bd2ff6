using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ApproxCluster.Trainer.Tests;

/// <summary>Trials of the sizes that the benchmark measures, a few steps of each, as a digest of every bit that comes out.</summary>
internal static class WorkloadBits
{
    public static IReadOnlyList<string> Names { get; } = ["a32", "a128", "b", "c", "d", "e", "sine", "odd"];

    /// <summary>Reports, weights and optimizer state after two epochs, as SHA-256.</summary>
    public static string Digest(string name, KernelSet? kernels, Team? team = null)
    {
        var (configuration, data) = Make(name);
        using var run = TrainingRun.Start(configuration, data, 17, kernels);
        run.JoinTeam(team, leastFlops: 0);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var epoch = 0; epoch < 2; epoch++)
        {
            var report = run.TrainEpoch(CancellationToken.None)!;
            Assert.True(report.IsFinite);
            hash.AppendData(MemoryMarshal.AsBytes<double>([report.TrainingLoss, report.ValidationLoss, report.TrainingMetric, report.ValidationMetric]));
        }

        hash.AppendData(run.SaveCheckpoint());
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static (TrialConfiguration Configuration, TargetData Data) Make(string name)
    {
        EncodingConfiguration Waves(int order) => new(EncodingKind.Fourier1d, order);
        var plain = new EncodingConfiguration(EncodingKind.Identity);
        var (inputs, encoding, widths, activation, batch) = name switch
        {
            "a32" => (784, plain, new[] { 512, 512 }, ActivationKind.Relu, 32),
            "a128" => (784, plain, [512, 512], ActivationKind.Relu, 128),
            "b" => (2, Waves(16), [128, 128, 128], ActivationKind.LeakyRelu, 256),
            "c" => (2, Waves(256), [256, 256, 256, 256], ActivationKind.LeakyRelu, 1024),
            "d" => (1, plain, [32, 32], ActivationKind.Tanh, 64),
            "e" => (784, Waves(8), [128], ActivationKind.Relu, 128),
            "sine" => (2, plain, [64, 64], ActivationKind.Sine, 48),
            _ => (3, new EncodingConfiguration(EncodingKind.Taylor, 5), [37, 7, 66], ActivationKind.Sigmoid, 21),
        };
        var task = inputs == 784 ? TaskKind.Classification : TaskKind.Regression;
        var data = Problems.Data(task, inputs, task == TaskKind.Classification ? 10 : name == "odd" ? 3 : 1, batch + batch / 3, 20);
        var configuration = Problems.Configuration(task) with
        {
            Encoding = encoding,
            HiddenWidths = widths,
            Activation = new ActivationConfiguration(activation),
            Optimizer = OptimizerConfiguration.Default(OptimizerKind.Adam, 1e-3),
            BatchSize = batch,
        };
        return (configuration, data);
    }
}
