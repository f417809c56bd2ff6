namespace ApproxCluster.Search.Tests;

public sealed class SignedRankTests
{
    // The first four from SciPy's wilcoxon(alternative="greater", method="exact"); the others counted over all signs by hand.
    [Theory]
    [InlineData(new[] { 1.0, 2, 3, 4, 5 }, 1.0 / 32)]
    [InlineData(new[] { -1.0, 2, 3, 4, 5 }, 2.0 / 32)]
    [InlineData(new[] { 1.0, 2, -3, 4, 5 }, 5.0 / 32)]
    [InlineData(new[] { -1.0, -2, -3 }, 1.0)]
    [InlineData(new double[0], 1.0)]
    [InlineData(new[] { 0.0, 0 }, 1.0)]
    [InlineData(new[] { 1.0, 1, -1 }, 4.0 / 8)]
    [InlineData(new[] { 0.0, 1, 2 }, 1.0 / 4)]
    public void Greater_SmallSets_IsExact(double[] differences, double expected) => Assert.Equal(expected, SignedRank.Greater(differences), 15);

    [Fact]
    public void Greater_AllSigns_AgreesWithCounting()
    {
        double[] sizes = [0.5, 1, 1, 2, 2, 2, 7, 0];
        for (var signs = 0; signs < 256; signs += 7)
        {
            var chosen = signs;
            double[] differences = [.. sizes.Select((size, index) => (chosen >> index & 1) == 0 ? size : -size)];
            var observed = Sum(differences);
            var atLeast = Enumerable.Range(0, 256).Count(other => Sum([.. sizes.Select((size, index) => (other >> index & 1) == 0 ? size : -size)]) >= observed);

            Assert.Equal(atLeast / 256.0, SignedRank.Greater(differences), 12);
        }
    }

    [Fact]
    public void Greater_ManyPairs_IsAProbability() =>
        Assert.InRange(SignedRank.Greater([.. Enumerable.Range(0, 100).Select(index => index % 2 == 0 ? index + 1.0 : -index - 1.0)]), 0.3, 0.7);

    private static double Sum(double[] differences) => differences.Where(difference => difference != 0).Sum(difference =>
        difference > 0 ? 0.5 + differences.Sum(other => Math.Abs(other) < difference ? 1.0 : Math.Abs(other) == difference ? 0.5 : 0) : 0);
}
