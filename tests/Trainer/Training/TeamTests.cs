namespace ApproxCluster.Trainer.Tests;

public class TeamTests
{
    public static TheoryData<string, int> Workloads
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var name in WorkloadBits.Names)
            {
                foreach (var size in new[] { 2, 3, 7 })
                {
                    data.Add(name, size);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Workloads))]
    public void TrainEpoch_OnATeam_GivesTheBitsOfOneThread(string workload, int size)
    {
        using var team = new Team(size);
        Assert.Equal(WorkloadBits.Digest(workload, null), WorkloadBits.Digest(workload, null, team));
    }

    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    public void TrainEpoch_OnATeamWithNarrowVectors_GivesTheBitsOfOneThread(int bits)
    {
        if (KernelSet.Available().FirstOrDefault(set => set.VectorBits == bits) is not { } kernels)
        {
            Assert.Skip($"This machine has no vectors of {bits} bits.");
            return;
        }

        using var team = new Team(3);
        Assert.Equal(WorkloadBits.Digest("odd", null), WorkloadBits.Digest("odd", kernels, team));
        Assert.Equal(WorkloadBits.Digest("sine", null), WorkloadBits.Digest("sine", kernels, team));
    }

    [Theory]
    [MemberData(nameof(BlockPoolTests.Kinds), MemberType = typeof(BlockPoolTests))]
    public void TrainEpoch_EveryKindOnATeam_GivesTheBitsOfOneThread(OptimizerKind optimizer, EncodingKind encoding, double clip)
    {
        using var team = new Team(3);
        foreach (var activation in Enum.GetValues<ActivationKind>())
        {
            foreach (var (task, widths, batch) in new[] { (TaskKind.Classification, new[] { 137, 32 }, 33), (TaskKind.Regression, [16, 5, 33], 64), (TaskKind.BinaryClassification, [], 49) })
            {
                var configuration = Configuration(task, optimizer, encoding, activation, clip) with { HiddenWidths = widths, BatchSize = batch };
                using var alone = TrainingRun.Start(configuration, Problems.Data(task), 3);
                using var together = TrainingRun.Start(configuration, Problems.Data(task), 3);
                together.JoinTeam(team, leastFlops: 0);
                for (var epoch = 0; epoch < 3; epoch++)
                {
                    Assert.Equal(alone.TrainEpoch(CancellationToken.None), together.TrainEpoch(CancellationToken.None));
                }

                Assert.Equal(alone.SaveCheckpoint(), together.SaveCheckpoint());
            }
        }
    }

    [Fact]
    public void Resume_WithTeamsOfOtherSizes_ContinuesBitForBit()
    {
        var (configuration, data) = (Configuration(TaskKind.Classification, OptimizerKind.AdamW, EncodingKind.Taylor, ActivationKind.Tanh, 0.2), Problems.Data(TaskKind.Classification));
        using var alone = TrainingRun.Start(configuration, data, 5);
        while (alone.EpochsDone < 8)
        {
            alone.TrainEpoch(CancellationToken.None);
        }

        var run = TrainingRun.Start(configuration, data, 5);
        foreach (var size in new[] { 2, 1, 7, 3 })
        {
            using var team = new Team(size);
            run.JoinTeam(team, leastFlops: 0);
            run.TrainBatches(3, []);
            var saved = run.SaveCheckpoint();
            run.Dispose();
            run = TrainingRun.Resume(configuration, data, 5, saved);
        }

        using var last = new Team(2);
        run.JoinTeam(last, leastFlops: 0);
        while (run.EpochsDone < 8)
        {
            run.TrainEpoch(CancellationToken.None);
        }

        Assert.Equal(alone.SaveCheckpoint(), run.SaveCheckpoint());
        run.Dispose();
    }

    [Fact]
    public void TrainEpoch_HelpersComeAndGo_GivesTheBitsOfOneThread()
    {
        var (configuration, data) = (Configuration(TaskKind.Classification, OptimizerKind.Adam, EncodingKind.Fourier1d, ActivationKind.Tanh, 0.2), Problems.Data(TaskKind.Classification));
        var threads = new ThreadShare(2, 1);
        threads.Begin();
        using var team = new Team(2, 0, threads);
        using var alone = TrainingRun.Start(configuration, data, 5);
        using var run = TrainingRun.Start(configuration, data, 5);
        run.JoinTeam(team, leastFlops: 0);
        var (expected, reports) = (new List<EpochReport?>(), new List<EpochReport?>());
        for (var round = 0; round < 20; round++)
        {
            run.TrainBatches(1, reports);
            threads.Begin();
            run.TrainBatches(2, reports);
            threads.End();
        }

        alone.TrainBatches(60, expected);
        Assert.NotEmpty(expected);
        Assert.Equal(expected, reports);
        Assert.Equal(alone.SaveCheckpoint(), run.SaveCheckpoint());
    }

    [Fact]
    public void TrainEpoch_CancelledOnATeam_StopsAtABatchAndGoesOn()
    {
        using var team = new Team(3);
        var (configuration, data) = (Problems.Configuration(TaskKind.Regression), Problems.Data(TaskKind.Regression));
        using var alone = TrainingRun.Start(configuration, data, 5);
        using var run = TrainingRun.Start(configuration, data, 5);
        run.JoinTeam(team, leastFlops: 0);
        run.TrainBatches(2, []);
        Assert.Null(run.TrainEpoch(new CancellationToken(canceled: true)));
        Assert.Equal(0, run.EpochsDone);
        Assert.Equal(alone.TrainEpoch(CancellationToken.None), run.TrainEpoch(CancellationToken.None));
    }

    [Fact]
    public void TrainEpoch_OnATeamAfterTheFirst_AllocatesNoMoreThanItsReport()
    {
        using var team = new Team(2);
        using var run = TrainingRun.Start(
            Configuration(TaskKind.Classification, OptimizerKind.Adam, EncodingKind.Fourier1d, ActivationKind.Sine, 0.5), Problems.Data(TaskKind.Classification), 1);
        run.JoinTeam(team, leastFlops: 0);
        run.TrainEpoch(CancellationToken.None);
        run.TrainEpoch(CancellationToken.None);
        var probe = new Probe();
        team.Run(probe);
        var before = probe.Allocated.ToArray();
        run.TrainEpoch(CancellationToken.None);
        team.Run(probe);
        Assert.All(probe.Allocated.Zip(before), pair => Assert.InRange(pair.First - pair.Second, 0, 2000));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Run_AMemberThatFails_ThrowsAtTheCallerAfterAllAreDone(int failing)
    {
        using var team = new Team(3);
        var work = new Work { Failing = failing };
        Assert.Equal($"member {failing}", Assert.Throws<InvalidOperationException>(() => team.Run(work)).Message);
        Assert.Equal([1, 1, 1], work.Done);
        work.Failing = -1;
        team.Run(work);
        Assert.Equal([2, 2, 2], work.Done);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    public void Run_ManyTimes_EveryMemberDoesEachRoundOnce(int size)
    {
        var work = new Work { Done = new int[size] };
        using (var team = new Team(size))
        {
            for (var round = 1; round <= 3000; round++)
            {
                team.Run(work);
                Assert.All(work.Done, done => Assert.Equal(round, done));
            }
        }

        Assert.All(work.Done, done => Assert.Equal(3000, done));
    }

    [Fact]
    public void Dispose_NeverUsedOrAsleep_Ends()
    {
        new Team(4).Dispose();
        var team = new Team(4);
        team.Run(new Work { Done = new int[4] });
        team.Dispose();
        Assert.Throws<ObjectDisposedException>(() => team.Run(new Work()));
    }

    [Theory]
    [InlineData(37, 50, 3)]
    [InlineData(784, 512, 2)]
    [InlineData(96, 40, 64)]
    [InlineData(1, 8, 2)]
    public void Cut_AnyLayer_HoldsEveryWeightOnce(int inputs, int outputs, int threads)
    {
        var layer = new DenseLayer(inputs, outputs, 32);
        var hits = new int[layer.End];
        foreach (var piece in WeightPiece.Cut([layer], threads))
        {
            if (layer.IsNarrow)
            {
                hits.AsSpan((int)layer.Offset).Fill(1);
                continue;
            }

            for (var column = piece.Column; column < piece.EndColumn; column += DenseLayer.PanelWidth)
            {
                var panel = piece.Panel(layer, column);
                for (var at = panel.Offset; at < panel.End; at++)
                {
                    hits[at]++;
                }
            }
        }

        Assert.All(hits[32..], hit => Assert.Equal(1, hit));
        Assert.All(hits[..32], hit => Assert.Equal(0, hit));
    }

    private static TrialConfiguration Configuration(TaskKind task, OptimizerKind optimizer, EncodingKind encoding, ActivationKind activation, double clip) =>
        Problems.Configuration(task) with
        {
            Encoding = new EncodingConfiguration(encoding, encoding == EncodingKind.Identity ? 0 : 3),
            Activation = new ActivationConfiguration(activation),
            Optimizer = OptimizerConfiguration.Default(optimizer, 0.01) with { Momentum = optimizer == OptimizerKind.Sgd ? 0.9 : 0, ClipNorm = clip },
            HiddenWidths = [100, 70],
            BatchSize = 40,
        };

    private sealed class Work : ITeamWork
    {
        public int[] Done { get; init; } = new int[3];

        public int Failing { get; set; } = -1;

        public void Do(int member)
        {
            Done[member]++;
            if (member == Failing)
            {
                throw new InvalidOperationException($"member {member}");
            }
        }
    }

    /// <summary>What each member has allocated.</summary>
    private sealed class Probe : ITeamWork
    {
        public long[] Allocated { get; } = new long[2];

        public void Do(int member) => Allocated[member] = GC.GetAllocatedBytesForCurrentThread();
    }
}
