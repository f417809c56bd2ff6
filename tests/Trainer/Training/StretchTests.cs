namespace ApproxCluster.Trainer.Tests;

/// <summary>Trials whose first epochs are trained another way, and trials that go on from another's checkpoint.</summary>
public sealed class StretchTests
{
    private const ulong Seed = 9;

    public static TheoryData<OptimizerKind, double> Cases => new()
    {
        { OptimizerKind.Sgd, 0 }, { OptimizerKind.Sgd, 0.5 }, { OptimizerKind.Adam, 0 }, { OptimizerKind.AdamW, 0 }, { OptimizerKind.RmsProp, 0 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Resume_FromTheOthersCheckpoint_SameBitsAsTrainedFromTheStart(OptimizerKind kind, double momentum)
    {
        var data = Problems.Data(TaskKind.Regression);
        var (first, second) = Pair(kind, momentum);
        var third = second with { Earlier = [.. second.Earlier, second.AsStretch(4)], Optimizer = second.Optimizer with { LearningRate = 0.001 }, BatchSize = 9 };
        using var straight = TrainingRun.Start(third, data, Seed);
        var expected = Enumerable.Range(0, 5).Select(_ => straight.TrainEpoch(CancellationToken.None)).ToList();

        var reports = new List<EpochReport?>();
        var one = TrainingRun.Start(first, data, Seed);
        reports.AddRange([one.TrainEpoch(CancellationToken.None), one.TrainEpoch(CancellationToken.None)]);
        using var two = TrainingRun.Resume(second, data, Seed, one.SaveCheckpoint());
        reports.AddRange([two.TrainEpoch(CancellationToken.None), two.TrainEpoch(CancellationToken.None)]);
        using var three = TrainingRun.Resume(third, data, Seed, two.SaveCheckpoint());
        reports.Add(three.TrainEpoch(CancellationToken.None));

        Assert.Equal(expected, reports);
        Assert.Equal(straight.Parameters.ToArray(), three.Parameters.ToArray());
        Assert.Equal([0.1, 0.1, 0.03, 0.03, 0.001], reports.Select(report => report!.LearningRate));

        // The first one trained on is another trial.
        one.TrainEpoch(CancellationToken.None);
        Assert.NotEqual(expected[2], one.TrainEpoch(CancellationToken.None));
        Assert.Throws<InvalidDataException>(() => TrainingRun.Resume(second, data, Seed, one.SaveCheckpoint()));
        one.Dispose();
    }

    [Fact]
    public void Resume_AtAnyBatchOfAnyStretch_ContinuesBitForBit()
    {
        var data = Problems.Data(TaskKind.Classification);
        var (_, configuration) = Pair(OptimizerKind.Adam, 0, TaskKind.Classification);
        using var straight = TrainingRun.Start(configuration, data, Seed);
        var expected = Enumerable.Range(0, 4).Select(_ => straight.TrainEpoch(CancellationToken.None)).ToArray();
        for (var batches = 0; batches < 14; batches++)
        {
            var run = TrainingRun.Start(configuration, data, Seed);
            var reports = new List<EpochReport?>();
            run.TrainBatches(batches, reports);
            using var resumed = TrainingRun.Resume(configuration, data, Seed, run.SaveCheckpoint());
            run.Dispose();
            while (resumed.EpochsDone < 4)
            {
                reports.Add(resumed.TrainEpoch(CancellationToken.None));
            }

            Assert.Equal(expected, reports);
        }
    }

    [Fact]
    public void Resume_CheckpointOfAnotherSeedOrEarlierStretch_IsRefused()
    {
        var data = Problems.Data(TaskKind.Regression);
        var (first, second) = Pair(OptimizerKind.Adam, 0);
        using var run = TrainingRun.Start(first, data, Seed);
        run.TrainEpoch(CancellationToken.None);
        run.TrainEpoch(CancellationToken.None);
        var saved = run.SaveCheckpoint();

        Assert.Throws<InvalidDataException>(() => TrainingRun.Resume(second, data, Seed + 1, saved));
        Assert.Throws<InvalidDataException>(() => TrainingRun.Resume(second with { Earlier = [first.AsStretch(1)] }, data, Seed, saved));
    }

    [Fact]
    public void CanContinue_OtherNetworkOrState_No()
    {
        var (first, second) = Pair(OptimizerKind.Sgd, 0.5);

        Assert.True(second.CanContinue(first));
        Assert.False((second with { HiddenWidths = [7, 6] }).CanContinue(first));
        Assert.False((second with { Activation = new(ActivationKind.Relu) }).CanContinue(first));
        Assert.False((second with { Optimizer = second.Optimizer with { Momentum = 0 } }).CanContinue(first));
        Assert.False((second with { Optimizer = second.Optimizer with { ClipNorm = 1 } }).CanContinue(first));
        Assert.False((second with { Optimizer = OptimizerConfiguration.Default(OptimizerKind.RmsProp, 0.1) }).CanContinue(first));
    }

    [Fact]
    public void Start_StretchThatDoesNotFit_NamesIt()
    {
        var data = Problems.Data(TaskKind.Regression);
        var (first, second) = Pair(OptimizerKind.Sgd, 0.5);
        TrialConfiguration[] faulty =
        [
            second with { Earlier = [first.AsStretch(5)] },
            second with { Earlier = [first.AsStretch(2), first.AsStretch(2)] },
            second with { Earlier = [first.AsStretch(2) with { BatchSize = 0 }] },
            second with { Earlier = [first.AsStretch(2) with { Optimizer = first.Optimizer with { Momentum = 0 } }] },
        ];

        Assert.All(faulty, configuration => Assert.Contains("Stretch ", Assert.Throws<ArgumentException>(() => TrainingRun.Start(configuration, data, Seed)).Message, StringComparison.Ordinal));
    }

    private static (TrialConfiguration First, TrialConfiguration Second) Pair(OptimizerKind kind, double momentum, TaskKind task = TaskKind.Regression)
    {
        var first = Problems.Configuration(task) with { Optimizer = OptimizerConfiguration.Default(kind, 0.1) with { Momentum = momentum } };
        var second = first with
        {
            Earlier = [first.AsStretch(2)],
            Optimizer = first.Optimizer with { LearningRate = 0.03, Momentum = momentum == 0 ? 0 : 0.8, Beta1 = 0.7 },
            BatchSize = 40,
        };
        return (first, second);
    }
}
