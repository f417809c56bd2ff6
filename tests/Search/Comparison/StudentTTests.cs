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

    // 0.99 and 0.8 quantiles of both sides as in tables; t of one degree is Cauchy's, of which half lies within 1.
    [Theory]
    [InlineData(0.5, 1, 1)]
    [InlineData(0.99, 1, 63.65674116)]
    [InlineData(0.99, 10, 3.169272673)]
    [InlineData(0.8, 7, 1.414923928)]
    [InlineData(0.999, 4, 8.610301581)]
    public void Quantile_KnownConfidence_AsInTables(double confidence, int degrees, double expected) =>
        Assert.Equal(expected, StudentT.Quantile(confidence, degrees), 1e-7);

    [Fact]
    public void Quantile_AnyDegrees_AgreesWithTheTableAndTheExpansion()
    {
        for (var degrees = 1; degrees < 120; degrees++)
        {
            Assert.Equal(StudentT.Quantile975(degrees), StudentT.Quantile(0.95, degrees), 1e-7);
            Assert.Equal(0.95, StudentT.Within(StudentT.Quantile(0.95, degrees), degrees), 1e-13);
        }
    }

    [Fact]
    public void Within_Ends_NothingAndAll()
    {
        Assert.Equal((0, 1), (StudentT.Within(0, 3), StudentT.Within(double.PositiveInfinity, 3)));
        Assert.InRange(1 - StudentT.Within(1e9, 2), 0, 1e-15);
    }
}
