namespace ApproxCluster.Trainer.Tests;

public class TrainingRunTests
{
    public static TheoryData<OptimizerKind, EncodingKind, TaskKind> Cases => new()
    {
        { OptimizerKind.Sgd, EncodingKind.Identity, TaskKind.Regression },
        { OptimizerKind.Adam, EncodingKind.Fourier1d, TaskKind.Classification },
        { OptimizerKind.RmsProp, EncodingKind.Taylor, TaskKind.BinaryClassification },
        { OptimizerKind.AdamW, EncodingKind.Taylor, TaskKind.Regression },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Resume_AtAnyBatch_ContinuesBitForBit(OptimizerKind optimizer, EncodingKind encoding, TaskKind task)
    {
        var data = Problems.Data(task);
        var configuration = Configure(optimizer, encoding, task);
        using var straight = TrainingRun.Start(configuration, data, 9);
        var expected = Enumerable.Range(0, 4).Select(_ => straight.TrainEpoch(CancellationToken.None)).ToArray();

        // Interrupted at every batch: a token that is cancelled from the start lets no batch pass, so single steps come from counting.
        for (var batches = 0; batches < 11; batches++)
        {
            var run = TrainingRun.Start(configuration, data, 9);
            var reports = new List<EpochReport?>();
            run.TrainBatches(batches, reports);
            var saved = run.SaveCheckpoint();
            run.Dispose();
            using var resumed = TrainingRun.Resume(configuration, data, 9, saved);
            while (resumed.EpochsDone < 4)
            {
                reports.Add(resumed.TrainEpoch(CancellationToken.None));
            }

            Assert.Equal(expected, reports);
            Assert.Equal(straight.Parameters.ToArray(), resumed.Parameters.ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void TrainEpoch_EveryVectorWidth_GivesTheSameBits(OptimizerKind optimizer, EncodingKind encoding, TaskKind task)
    {
        var data = Problems.Data(task);
        foreach (var activation in Enum.GetValues<ActivationKind>())
        {
            var configuration = Configure(optimizer, encoding, task) with { Activation = new ActivationConfiguration(activation) };
            var runs = KernelSet.Available().Select(set => Train(configuration, data, set)).ToList();
            Assert.True(runs.Count >= 2, "This machine has one vector width only, so nothing was compared.");
            Assert.All(runs, run => Assert.Equal(runs[0].Reports, run.Reports));
            Assert.All(runs, run => Assert.Equal(runs[0].Weights, run.Weights));
        }
    }

    [Fact]
    public void TrainEpoch_AfterTheFirst_AllocatesNoMoreThanItsReport()
    {
        var data = Problems.Data(TaskKind.Classification);
        using var run = TrainingRun.Start(Configure(OptimizerKind.Adam, EncodingKind.Fourier1d, TaskKind.Classification), data, 1);
        run.TrainEpoch(CancellationToken.None);
        run.TrainEpoch(CancellationToken.None);
        var before = GC.GetAllocatedBytesForCurrentThread();
        run.TrainEpoch(CancellationToken.None);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2000);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Start_AnyTrial_TakesThePredictedBytes(OptimizerKind optimizer, EncodingKind encoding, TaskKind task)
    {
        foreach (var activation in Enum.GetValues<ActivationKind>())
        {
            var data = Problems.Data(task);
            var configuration = Configure(optimizer, encoding, task) with { Activation = new ActivationConfiguration(activation), BatchSize = 65 };
            using var run = TrainingRun.Start(configuration, data, 1);
            Assert.Equal(TrialCost.Bytes(configuration, data.Shape), run.Bytes);
        }
    }

    [Fact]
    public void TrainEpoch_ClippedGradient_MovesByNoMoreThanTheNorm()
    {
        var data = Problems.Data(TaskKind.Regression);
        var configuration = Problems.Configuration(TaskKind.Regression) with { HiddenWidths = [130, 70], BatchSize = 70 };
        double Moved(double clip)
        {
            using var run = TrainingRun.Start(configuration with { Optimizer = new(OptimizerKind.Sgd, 0.5, ClipNorm: clip) }, data, 4);
            var before = run.Parameters.ToArray();
            run.TrainEpoch(CancellationToken.None);
            return Math.Sqrt(run.Parameters.ToArray().Zip(before, (after, old) => Math.Pow((double)after - old, 2)).Sum()) / 0.5;
        }

        var free = Moved(0);
        Assert.Equal(free / 3, Moved(free / 3), free * 1e-5);
        Assert.Equal(free, Moved(free * 3), 1e-12);
    }

    [Fact]
    public void TrainEpoch_Cancelled_StopsAtABatchAndReturnsNull()
    {
        using var run = TrainingRun.Start(Configure(OptimizerKind.Adam, EncodingKind.Identity, TaskKind.Regression), Problems.Data(TaskKind.Regression), 1);
        Assert.Null(run.TrainEpoch(new CancellationToken(canceled: true)));
        Assert.Equal(0, run.EpochsDone);
        Assert.Equal(1, run.TrainEpoch(CancellationToken.None)!.Epoch);
    }

    [Fact]
    public void TrainEpoch_HugeLearningRate_Diverges()
    {
        var configuration = Problems.Configuration(TaskKind.Regression) with
        {
            Activation = new ActivationConfiguration(ActivationKind.Linear),
            Optimizer = OptimizerConfiguration.Default(OptimizerKind.Sgd, 90),
            Epochs = 50,
        };
        using var run = TrainingRun.Start(configuration, Problems.Data(TaskKind.Regression), 1);
        while (!run.Diverged && run.EpochsDone < 50)
        {
            run.TrainEpoch(CancellationToken.None);
        }

        Assert.True(run.Diverged);
        Assert.Throws<InvalidOperationException>(() => run.TrainEpoch(CancellationToken.None));
    }

    [Fact]
    public void Resume_TornOrForeignCheckpoint_IsRefused()
    {
        var data = Problems.Data(TaskKind.Regression);
        var configuration = Problems.Configuration(TaskKind.Regression);
        using var run = TrainingRun.Start(configuration, data, 1);
        var saved = run.SaveCheckpoint();
        Assert.Throws<InvalidDataException>(() => TrainingRun.Resume(configuration, data, 2, saved));
        Assert.Throws<InvalidDataException>(() => TrainingRun.Resume(configuration, data, 1, saved.AsSpan(0, saved.Length - 1)));
        saved[200] ^= 1;
        Assert.Throws<InvalidDataException>(() => TrainingRun.Resume(configuration, data, 1, saved));
    }

    [Fact]
    public void Start_SeveralFaults_NamesAll()
    {
        var configuration = Problems.Configuration(TaskKind.Regression) with
        {
            BatchSize = 0,
            Loss = LossKind.SoftmaxCrossEntropy,
            Optimizer = new(OptimizerKind.Adam, 1, Beta1: 1, Epsilon: -1, Nesterov: true, WeightDecay: 0.1, ClipNorm: double.NaN),
        };
        var error = Assert.Throws<ArgumentException>(() => TrainingRun.Start(configuration, Problems.Data(TaskKind.Regression), 1));
        Assert.All(
            ["Beta1 is 1,", "Epsilon is -1,", "Nesterov is on,", "Weight decay is 0.1,", "Clip norm is NaN,"],
            fault => Assert.Contains(fault, error.Message, StringComparison.Ordinal));
        Assert.Contains("Batch size is 0", error.Message, StringComparison.Ordinal);
        Assert.Contains("Loss is SoftmaxCrossEntropy", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(EncodingKind.Identity, 3)]
    [InlineData(EncodingKind.Taylor, 12)]
    [InlineData(EncodingKind.Fourier1d, 27)]
    public unsafe void Encode_EachKind_GivesTheStatedColumns(EncodingKind kind, int features)
    {
        var data = Problems.Data(TaskKind.Regression);
        var configuration = new EncodingConfiguration(kind, 4, ScalerKind.None);
        using var constants = new NativeBlock(Encoder.ConstantFloats(configuration, 3));
        var encoder = new Encoder(KernelSet.Best, configuration, data, constants.Start);
        Assert.Equal(features, encoder.Features);
        using var block = new NativeBlock(64);
        float[] x = [0.5f, -1.25f, 2f];
        encoder.Encode(x, block.Start, 64);
        for (var i = 0; i < features; i++)
        {
            var (group, input) = (i / 3, i % 3);
            var expected = kind switch
            {
                EncodingKind.Fourier1d when group is >= 1 and <= 4 => Math.Sin(group * (double)x[input]),
                EncodingKind.Fourier1d when group > 4 => Math.Cos((group - 4) * (double)x[input]),
                _ => Math.Pow(x[input], group + 1),
            };
            Assert.Equal(expected, block.Start[i], 1e-5);
        }
    }

    private static TrialConfiguration Configure(OptimizerKind optimizer, EncodingKind encoding, TaskKind task) =>
        Problems.Configuration(task) with
        {
            Encoding = new EncodingConfiguration(encoding, encoding == EncodingKind.Identity ? 0 : 3),
            Optimizer = OptimizerConfiguration.Default(optimizer, 0.01) with { Momentum = 0.9, Nesterov = optimizer == OptimizerKind.Sgd, ClipNorm = optimizer == OptimizerKind.AdamW ? 0.5 : 0 },
            HiddenWidths = [37, 16],
            Schedule = new ScheduleConfiguration(ScheduleKind.Step, 0.5, 2),
        };

    private static (List<EpochReport?> Reports, float[] Weights) Train(TrialConfiguration configuration, TargetData data, KernelSet set)
    {
        using var run = TrainingRun.Start(configuration, data, 3, set);
        var reports = Enumerable.Range(0, 3).Select(_ => run.TrainEpoch(CancellationToken.None)).ToList();
        return (reports, run.Parameters.ToArray());
    }
}
