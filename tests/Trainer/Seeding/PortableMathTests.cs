namespace ApproxCluster.Trainer.Tests;

public sealed class PortableMathTests
{
    private const double Tolerance = 1e-14;

    [Fact]
    public void Log_AllScales_AgreesWithTheSystem() => Sweep(x => Near(Math.Log(x), PortableMath.Log(x), x), 0, 1000, 1e-5, 5e-324, 1e-310, 1e-200, 1e300, double.MaxValue);

    [Fact]
    public void Log_AroundOne_KeepsRelativeAccuracy()
    {
        for (var i = 1; i < 2000; i++)
        {
            var x = 1 + i * 1e-13;
            Near(Math.Log(x), PortableMath.Log(x), x);
            Near(Math.Log(2 - x), PortableMath.Log(2 - x), 2 - x);
        }
    }

    [Fact]
    public void Log2_AllScales_AgreesWithTheSystemAndIsExactForPowersOfTwo()
    {
        Sweep(x => Near(Math.Log2(x), PortableMath.Log2(x), x), 1e-5, 1000, 1e-2, 5e-324, 1e-310, 1e-200, 1e300, double.MaxValue);
        for (var exponent = -1074; exponent < 1024; exponent++)
        {
            Assert.Equal(exponent, PortableMath.Log2(Math.ScaleB(1, exponent)));
        }

        Assert.Equal(double.NegativeInfinity, PortableMath.Log2(0));
        Assert.Equal(double.NaN, PortableMath.Log2(-1));
    }

    [Fact]
    public void Exp_AllScales_AgreesWithTheSystem() => Sweep(x => Near(Math.Exp(x), PortableMath.Exp(x), x), -708, 709, 0.01, 1e-300, -1e-17, 709.78);

    [Fact]
    public void Exp_BelowNormalNumbers_FadesToZero()
    {
        Assert.Equal(Math.Exp(-740), PortableMath.Exp(-740), 5e-324 * 4);
        Assert.Equal(0, PortableMath.Exp(-746));
        Assert.Equal(double.PositiveInfinity, PortableMath.Exp(709.79));
    }

    [Fact]
    public void Sin_UpToManyTurns_AgreesWithTheSystem() => Sweep(x => Near(Math.Sin(x), PortableMath.Sin(x), x), -50, 50, 0.001, Math.PI, 3 * Math.PI, 999_999, -1e-300, 355);

    [Fact]
    public void Cos_UpToManyTurns_AgreesWithTheSystem() => Sweep(x => Near(Math.Cos(x), PortableMath.Cos(x), x), -50, 50, 0.001, Math.PI / 2, 5 * Math.PI / 2, 999_999, 0, 11);

    [Theory]
    [InlineData(1e6 + 1)]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void Sin_BeyondItsDomain_Throws(double x) => Assert.Throws<ArgumentOutOfRangeException>(() => PortableMath.Sin(x));

    [Fact]
    public void Log_Edges_AreThoseOfTheSystem()
    {
        Assert.Equal(double.NegativeInfinity, PortableMath.Log(0));
        Assert.Equal(double.NaN, PortableMath.Log(-1));
        Assert.Equal(double.PositiveInfinity, PortableMath.Log(double.PositiveInfinity));
        Assert.Equal(0, PortableMath.Log(1));
    }

    private static void Sweep(Action<double> check, double low, double high, double step, params double[] more)
    {
        var count = Math.Min(100_000, (high - low) / step);
        for (var i = 1; i < count; i++)
        {
            check(low + i * (high - low) / count);
        }

        Array.ForEach(more, value => check(value));
    }

    private static void Near(double expected, double actual, double x) =>
        Assert.True(Math.Abs(expected - actual) <= Tolerance * Math.Abs(expected), $"At {x:R}: {actual:R} instead of {expected:R}.");
}
