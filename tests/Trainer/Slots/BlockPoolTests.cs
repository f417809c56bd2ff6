namespace ApproxCluster.Trainer.Tests;

public class BlockPoolTests
{
    public static TheoryData<OptimizerKind, EncodingKind, double> Kinds
    {
        get
        {
            var data = new TheoryData<OptimizerKind, EncodingKind, double>();
            foreach (var optimizer in Enum.GetValues<OptimizerKind>())
            {
                foreach (var encoding in Enum.GetValues<EncodingKind>())
                {
                    data.Add(optimizer, encoding, 0);
                    data.Add(optimizer, encoding, 0.1);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Rent_BlockFullOfNaN_TrainsAsAFreshOne(OptimizerKind optimizer, EncodingKind encoding, double clip)
    {
        foreach (var activation in Enum.GetValues<ActivationKind>())
        {
            foreach (var (task, widths, batch) in new[] { (TaskKind.Classification, new[] { 37, 32 }, 21), (TaskKind.Regression, [16, 5, 33], 64), (TaskKind.BinaryClassification, [], 16) })
            {
                var data = Problems.Data(task);
                var configuration = Problems.Configuration(task) with
                {
                    Encoding = new EncodingConfiguration(encoding, encoding == EncodingKind.Identity ? 0 : 3),
                    Activation = new ActivationConfiguration(activation),
                    Optimizer = OptimizerConfiguration.Default(optimizer, 0.01) with { Momentum = optimizer == OptimizerKind.Sgd ? 0.9 : 0, ClipNorm = clip },
                    HiddenWidths = widths,
                    BatchSize = batch,
                };
                using var fresh = TrainingRun.Start(configuration, data, 3);
                var expected = Enumerable.Range(0, 3).Select(_ => fresh.TrainEpoch(CancellationToken.None)).ToArray();
                Assert.True(expected[^1]!.IsFinite);

                using var pool = Dirty(fresh.Bytes);
                using (var reused = TrainingRun.Start(configuration, data, 3, null, pool))
                {
                    Assert.Equal(0, pool.IdleBytes);
                    Assert.Equal(expected, Enumerable.Range(0, 3).Select(_ => reused.TrainEpoch(CancellationToken.None)).ToArray());
                    Assert.Equal(fresh.SaveCheckpoint(), reused.SaveCheckpoint());
                }

                using var half = TrainingRun.Start(configuration, data, 3);
                half.TrainBatches(2, []);
                using var dirty = Dirty(fresh.Bytes);
                using var resumed = TrainingRun.Resume(configuration, data, 3, half.SaveCheckpoint(), null, dirty);
                Assert.Equal(0, dirty.IdleBytes);
                while (resumed.EpochsDone < 3)
                {
                    resumed.TrainEpoch(CancellationToken.None);
                }

                Assert.Equal(fresh.SaveCheckpoint(), resumed.SaveCheckpoint());
            }
        }
    }

    [Fact]
    public void Rent_SmallerOrMuchLargerIdleBlock_IsLeftAlone()
    {
        using var pool = new BlockPool(1 << 20);
        pool.Rent(1000).Dispose();
        using var larger = pool.Rent(1001);
        using var smaller = pool.Rent(500);
        Assert.False(larger.IsDirty || smaller.IsDirty);
        Assert.Equal(4000, pool.IdleBytes);
        using var same = pool.Rent(950);
        Assert.True(same.IsDirty);
        Assert.Equal((950, 1000), (same.Floats, same.Capacity));
    }

    [Fact]
    public void Keep_MoreThanTheLimit_FreesTheLongestIdle()
    {
        using var pool = new BlockPool(10_000);
        NativeBlock[] blocks = [pool.Rent(1000), pool.Rent(1100), pool.Rent(1200), pool.Rent(3000)];
        foreach (var block in blocks)
        {
            block.Dispose();
        }

        Assert.Equal(4 * (1100 + 1200), pool.IdleBytes);
    }

    [Fact]
    public unsafe void Dispose_WithABlockInUse_FreesItWhenItComesBack()
    {
        var pool = new BlockPool(1 << 20);
        var block = pool.Rent(100);
        pool.Rent(100).Dispose();
        pool.Dispose();
        Assert.Equal(0, pool.IdleBytes);
        block.Dispose();
        Assert.Equal(0, pool.IdleBytes);
        Assert.True(block.Start == null);
    }

    [Fact]
    public void Dispose_RunTwice_GivesItsBlockBackOnce()
    {
        using var pool = new BlockPool(1 << 20);
        var run = TrainingRun.Start(Problems.Configuration(TaskKind.Regression), Problems.Data(TaskKind.Regression), 1, null, pool);
        var bytes = run.BytesTaken;
        run.Dispose();
        run.Dispose();
        Assert.Equal(bytes, pool.IdleBytes);
    }

    /// <summary>A pool with one idle block, a little larger than asked and full of NaN.</summary>
    private static BlockPool Dirty(long bytes)
    {
        var pool = new BlockPool(1 << 30);
        using var block = pool.Rent((nint)(bytes / sizeof(float) * 33 / 32));
        unsafe
        {
            new Span<float>(block.Start, (int)block.Floats).Fill(float.NaN);
        }

        return pool;
    }
}
