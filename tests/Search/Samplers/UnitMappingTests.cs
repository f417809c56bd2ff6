namespace ApproxCluster.Search.Tests;

public sealed class UnitMappingTests
{
    private const double Last = 1 - 1.0 / (1L << 53);

    [Fact]
    public void Value_EndsOfTheUnitInterval_GiveTheEndsOfEveryDomain()
    {
        AssertEnds(new IntDomain(3, 9), 3L, 9L);
        AssertEnds(new IntDomain(3, 10, Step: 3), 3L, 9L);
        AssertEnds(new IntDomain(1, 16384, Log: true), 1L, 16384L);
        AssertEnds(new FloatDomain(0.1, 0.9, Step: 0.2), 0.1, 0.9);
        AssertEnds(new FloatDomain(1e-7, 123, Log: true), 1e-7, 123.0, 1e-12);
        AssertEnds(new FloatDomain(-1, 1), -1.0, 1.0, 1e-12);
        AssertEnds(new FloatDomain(0.3, 0.3, Log: true), 0.3, 0.3);
    }

    [Theory]
    [InlineData(0.0, 1)]
    [InlineData(0.3333, 1)]
    [InlineData(0.3334, 2)]
    [InlineData(0.6666, 3)]
    [InlineData(0.6667, 4)]
    public void Value_LogWholeRange_CutsAtWholeNumbers(double unit, long expected) =>
        Assert.Equal(ParameterValue.Of(expected), UnitMapping.Value(new IntDomain(1, 7, Log: true), unit));

    [Fact]
    public void Value_LogRange_HasItsGeometricMeanInTheMiddle() =>
        Assert.Equal(0.01, UnitMapping.Value(new FloatDomain(1e-4, 1, Log: true), 0.5).Number, 1e-15);

    [Theory]
    [InlineData(0, 1, 0.1, 11)]
    [InlineData(0, 0.95, 0.1, 10)]
    [InlineData(0.1, 0.7, 0.2, 4)]
    [InlineData(2, 2, 5, 1)]
    public void Count_SteppedRange_HasTheHighEndOnlyWhereAStepMeetsIt(double low, double high, double step, long count) =>
        Assert.Equal(count, UnitMapping.Count(new FloatDomain(low, high, Step: step)));

    [Fact]
    public void Value_EveryUnit_StaysWithinARangeOfNeighbours()
    {
        var domain = new FloatDomain(0.1, double.BitIncrement(0.1), Log: true);

        Assert.All([0, 0.25, 0.5, 0.75, Last], unit => Assert.InRange(UnitMapping.Value(domain, unit).Number, domain.Low, domain.High));
    }

    private static void AssertEnds(Domain domain, object low, object high, double tolerance = 0)
    {
        Assert.Equal(Convert.ToDouble(low, null), UnitMapping.Value(domain, 0).Number, tolerance);
        Assert.Equal(Convert.ToDouble(high, null), UnitMapping.Value(domain, Last).Number, tolerance);
    }
}
