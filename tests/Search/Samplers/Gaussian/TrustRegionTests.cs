namespace ApproxCluster.Search.Tests;

public sealed class TrustRegionTests
{
    [Fact]
    public void Count_ThreeSuccessesInARow_DoublesTheLengthUpToTheMost()
    {
        var region = new TrustRegion(12, 0.5);
        Count(region, true, 2);
        Assert.Equal(0.5, region.Length);

        Count(region, true, 1);
        Assert.Equal(1, region.Length);

        Count(region, true, 3);
        Assert.Equal(TrustRegion.Most, region.Length);
    }

    [Fact]
    public void Count_AFailureBetweenSuccesses_BeginsTheCountAnew()
    {
        var region = new TrustRegion(12, 0.5);
        Count(region, true, 2);
        Count(region, false, 1);
        Count(region, true, 2);

        Assert.Equal(0.5, region.Length);
    }

    [Theory]
    [InlineData(12, 12)]
    [InlineData(24, 24)]
    [InlineData(2, 4)]
    public void Count_AsManyFailuresAsColumns_HalvesTheLength(int columns, int failures)
    {
        var region = new TrustRegion(columns, 0.5);
        Count(region, false, failures - 1);
        Assert.Equal(0.5, region.Length);

        Count(region, false, 1);
        Assert.Equal(0.25, region.Length);
    }

    [Fact]
    public void Count_OnlyFailures_EndsUnderTheLeastLength()
    {
        var region = new TrustRegion(5, 4 * TrustRegion.Least);
        Count(region, false, 14);
        Assert.False(region.IsOver);

        Count(region, false, 1);
        Assert.True(region.IsOver);
    }

    private static void Count(TrustRegion region, bool isSuccess, int times)
    {
        for (var time = 0; time < times; time++)
        {
            region.Count(isSuccess);
        }
    }
}
