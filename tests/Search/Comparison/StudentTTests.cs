namespace ApproxCluster.Search.Tests;

public class StudentTTests
{
    // Quantiles as printed in tables of the distribution.
    [Theory]
    [InlineData(1, 12.706204736)]
    [InlineData(2, 4.302652730)]
    [InlineData(5, 2.570581836)]
    [InlineData(30, 2.042272456)]
    [InlineData(31, 2.039513446)]
    [InlineData(40, 2.021075390)]
    [InlineData(99, 1.984216952)]
    [InlineData(1000, 1.962339081)]
    public void Quantile975_KnownDegrees_AsInTables(int degrees, double expected) =>
        Assert.Equal(expected, StudentT.Quantile975(degrees), 1e-7);

    [Fact]
    public void Quantile975_MoreDegrees_Smaller()
    {
        for (var degrees = 2; degrees < 200; degrees++)
        {
            Assert.True(StudentT.Quantile975(degrees) < StudentT.Quantile975(degrees - 1), $"degrees {degrees}");
        }
    }
}
