using System.Globalization;
using ApproxCluster.Bench.Trainer;
using ApproxCluster.Trainer;

namespace ApproxCluster.Bench.Determinism;

/// <summary>
/// What virtual time knows of real time: seconds of epochs of many configurations beside what <see cref="TrialCost"/> says of them. The spread of the logarithm of their
/// ratio is the surprise of the simulation.
/// </summary>
internal static class Costs
{
    private const int Configurations = 160;
    private const double LeastSeconds = 0.03;

    /// <summary>Prints a row of CSV for each configuration, then the spreads.</summary>
    public static void Print()
    {
        Console.WriteLine("inputs,outputs,samples,validation,features,widths,activation,batch,optimizer,parameters,flops,work,seconds");
        var (flops, work) = (new List<double>(), new List<double>());
        for (var number = 0; number < Configurations; number++)
        {
            var random = new Philox(7, (ulong)number);
            var shape = Shape(ref random);
            var configuration = Draw(ref random, shape);
            var seconds = Measure(configuration, Data(shape, (ulong)number));
            var (operations, units) = (TrialCost.FlopsPerEpoch(configuration, shape), TrialCost.WorkPerEpoch(configuration, shape));
            flops.Add(PortableMath.Log(seconds / operations));
            work.Add(PortableMath.Log(seconds / units));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{shape.Inputs},{shape.Outputs},{shape.TrainingSamples},{shape.ValidationSamples},{configuration.Encoding.FeatureCount(shape.Inputs)},{string.Join(' ', configuration.HiddenWidths)},{configuration.Activation.Kind},{configuration.BatchSize},{configuration.Optimizer.Kind},{TrialCost.Parameters(configuration, shape)},{operations},{units},{seconds:R}"));
        }

        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Standard deviation of ln(seconds / operations): {Deviation(flops):F2}; of ln(seconds / work): {Deviation(work):F2}."));
    }

    private static double Measure(TrialConfiguration configuration, TargetData data)
    {
        using var run = TrainingRun.Start(configuration, data, 1);
        run.TrainEpoch(default);
        var (begin, epochs) = (ThreadClock.Seconds, 0);
        do
        {
            if (run.Diverged)
            {
                break;
            }

            run.TrainEpoch(default);
            epochs++;
        }
        while (ThreadClock.Seconds - begin < LeastSeconds || epochs < 2);
        return (ThreadClock.Seconds - begin) / Math.Max(1, epochs);
    }

    private static TargetShape Shape(ref Philox random)
    {
        var wide = random.NextBelow(3) == 0;
        var samples = 256 << (int)random.NextBelow(5);
        return new(wide ? 784 : 1 + (int)random.NextBelow(2), wide ? 10 : 1, wide ? TaskKind.Classification : TaskKind.Regression, wide ? MetricKind.Accuracy : MetricKind.Rmse, samples, samples / 4, 0);
    }

    private static TrialConfiguration Draw(ref Philox random, TargetShape shape)
    {
        ActivationKind[] activations = [ActivationKind.Relu, ActivationKind.LeakyRelu, ActivationKind.Tanh, ActivationKind.Sigmoid, ActivationKind.Sine];
        OptimizerKind[] optimizers = [OptimizerKind.Adam, OptimizerKind.Sgd, OptimizerKind.AdamW];
        var order = 1 << (int)random.NextBelow(shape.Inputs > 2 ? 3u : 7u);
        EncodingConfiguration[] encodings = [new(EncodingKind.Identity), new(EncodingKind.Fourier1d, order), new(EncodingKind.Taylor, order)];
        var width = 8 << (int)random.NextBelow(7);
        return new()
        {
            Encoding = encodings[(int)random.NextBelow(3)],
            HiddenWidths = [.. Enumerable.Repeat(width, (int)random.NextBelow(4))],
            Activation = new(activations[(int)random.NextBelow(5)]),
            Loss = shape.Outputs > 1 ? LossKind.SoftmaxCrossEntropy : LossKind.MeanSquaredError,
            Optimizer = OptimizerConfiguration.Default(optimizers[(int)random.NextBelow(3)], 1e-4),
            BatchSize = 16 << (int)random.NextBelow(6),
            Epochs = 100_000,
        };
    }

    private static TargetData Data(TargetShape shape, ulong seed) =>
        new(shape, ScalerKind.None, Samples(shape, shape.TrainingSamples, seed), Samples(shape, shape.ValidationSamples, seed + 1000));

    private static Samples Samples(TargetShape shape, int count, ulong seed)
    {
        var random = new Philox(seed, 1);
        var x = new float[count * shape.Inputs];
        for (var index = 0; index < x.Length; index++)
        {
            x[index] = (float)(2 * random.NextDouble() - 1);
        }

        return shape.Outputs > 1
            ? new Samples(shape.Inputs, x, [.. Enumerable.Range(0, count).Select(index => index % shape.Outputs)])
            : new Samples(shape.Inputs, x, 1, [.. Enumerable.Range(0, count).Select(index => x[index * shape.Inputs])]);
    }

    private static double Deviation(List<double> values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
    }
}
