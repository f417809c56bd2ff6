using ApproxCluster.Trainer;

namespace ApproxCluster.Search.Tests;

public sealed class CmaPartsTests
{
    [Fact]
    public void Keep_NarrowDistribution_LeavesTheChanceToChange()
    {
        double[] mean = [0.5, 0.05, 0.52], scale = [1, 1, 1];
        double[] thresholds = [0.4, 0.6];
        const double Deviation = 0.01;
        const double Alpha = 0.05;

        CmaMargin.Keep(mean, scale, _ => Deviation, [thresholds, thresholds, []], Alpha);

        var width = Deviation * scale[0];
        Assert.Equal(Alpha / 2, Normal.Cumulative((0.4 - mean[0]) / width), 1e-9);
        Assert.Equal(Alpha / 2, Normal.Cumulative((mean[0] - 0.6) / width), 1e-9);
        Assert.Equal(Alpha, Normal.Cumulative((mean[1] - 0.4) / Deviation), 1e-9);
        Assert.Equal((0.52, 1), (mean[2], scale[2]));
    }

    [Fact]
    public void Keep_WideDistribution_ChangesNothing()
    {
        double[] mean = [0.5], scale = [1];

        CmaMargin.Keep(mean, scale, _ => 0.2, [[0.4, 0.6]], 0.05);

        Assert.Equal((0.5, 1), (mean[0], scale[0]));
    }

    [Fact]
    public void Of_SymmetricMatrix_GivesItBack()
    {
        const int Size = 7;
        var random = new Philox(2);
        var matrix = new double[Size, Size];
        for (var row = 0; row < Size; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                matrix[row, column] = matrix[column, row] = random.NextDouble() - 0.5;
            }
        }

        var (values, vectors) = SymmetricEigen.Of((double[,])matrix.Clone());

        for (var row = 0; row < Size; row++)
        {
            for (var column = 0; column < Size; column++)
            {
                Assert.Equal(matrix[row, column], Enumerable.Range(0, Size).Sum(axis => values[axis] * vectors[row, axis] * vectors[column, axis]), 1e-13);
                Assert.Equal(row == column ? 1 : 0, Enumerable.Range(0, Size).Sum(index => vectors[index, row] * vectors[index, column]), 1e-13);
            }
        }
    }

    [Theory]
    [InlineData(CmaRestart.None, 1, 1)]
    [InlineData(CmaRestart.Ipop, 2, 64)]
    [InlineData(CmaRestart.Bipop, 1, 64)]
    public void Follow_FlatGenerations_StartsAnew(CmaRestart restart, int least, int most)
    {
        var restarts = new CmaRestarts(new CmaEsSamplerSpec(Restart: restart), 3, [[], [], []], 5);
        var first = restarts.Run;
        var random = new Philox(1);
        for (var generation = 0; generation < 80; generation++)
        {
            var run = restarts.Run;
            run.Close([.. Enumerable.Range(0, run.Population).Select(_ => run.Draw(ref random))], isFlat: true);
            restarts.Follow();
        }

        Assert.Equal(restart == CmaRestart.None, ReferenceEquals(first, restarts.Run));
        Assert.InRange(restarts.Run.Population, least * first.Population, most * first.Population);
    }
}
