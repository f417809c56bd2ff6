namespace ApproxCluster.Search.Tests;

public sealed class HaltonSamplerTests : SamplerContract
{
    protected override string Word => "halton";

    /// <summary>Every base^k successive points have one in each of base^k cells, scrambled or not.</summary>
    [Theory]
    [InlineData(2, 256)]
    [InlineData(3, 243)]
    [InlineData(7, 343)]
    public void Point_SuccessiveOnes_FillEveryCell(int radix, int cells)
    {
        var sequence = new HaltonSequence(radix, 5);
        foreach (var from in new[] { 0, cells, 40 * cells })
        {
            var hit = Enumerable.Range(from, cells).Select(index => (int)(sequence.Point(index) * cells)).Distinct().Count();

            Assert.Equal(cells, hit);
        }
    }

    [Fact]
    public void Primes_First_AreThePrimes() => Assert.Equal([2, 3, 5, 7, 11, 13, 17, 19], HaltonSequence.Primes(8));
}
