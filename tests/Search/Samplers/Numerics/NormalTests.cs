using System.Runtime.Intrinsics;
using ApproxCluster.Trainer;

namespace ApproxCluster.Search.Tests;

public sealed class NormalTests
{
    /// <summary>Values from 30-digit arithmetic.</summary>
    [Theory]
    [InlineData(-30, 4.906713927148187e-198)]
    [InlineData(-8, 6.220960574271785e-16)]
    [InlineData(-3, 0.0013498980316300946)]
    [InlineData(-1.5, 0.06680720126885807)]
    [InlineData(-1, 0.15865525393145705)]
    [InlineData(-0.5, 0.3085375387259869)]
    [InlineData(0, 0.5)]
    [InlineData(1.3, 0.9031995154143897)]
    [InlineData(2.5, 0.9937903346742238)]
    public void Cumulative_KnownValues_AreMet(double x, double share)
    {
        Assert.Equal(1, Normal.Cumulative(x) / share, 2e-13);
        Assert.Equal(x, Normal.Quantile(share), 1e-11);
    }

    [Fact]
    public void Cumulative_OfQuantile_GivesTheShareBack()
    {
        for (var share = 1e-12; share < 1; share += share < 0.01 ? share : 0.01)
        {
            Assert.Equal(1, Normal.Cumulative(Normal.Quantile(share)) / share, 1e-13);
        }
    }

    [Fact]
    public void Between_EndsOnOneSide_KeepsItsDigits() =>
        Assert.Equal(1, Normal.Between(7, 7.5) / (Normal.Cumulative(-7) - Normal.Cumulative(-7.5)), 1e-14);

    [Fact]
    public void Exp_ManyArguments_AgreesWithTheSlowOne()
    {
        for (var x = -650.0; x < 650; x += 0.7131)
        {
            Assert.Equal(1, FastMath.Exp(x) / PortableMath.Exp(x), 3e-15);
            Assert.Equal(FastMath.Exp(x), FastMath.Exp(Vector256.Create(0, x, 0, 1))[1]);
            Assert.Equal(x, FastMath.Log(FastMath.Exp(x)), 1e-15 * Math.Abs(x) + 1e-15);
        }
    }
}
