namespace ApproxCluster.Trainer.Tests;

public sealed class PowersTests
{
    [Theory]
    [InlineData(0.9)]
    [InlineData(0.999)]
    public void Raise_AnyExponent_IsTheProductOfItsSquaresFromTheLowestBitOn(double x)
    {
        var powers = new Powers(x);
        foreach (var n in Enumerable.Range(0, 1030).Select(n => (long)n).Concat([65_535, 65_536, 1_234_567, (1L << 40) + 3]))
        {
            var (expected, square) = (1.0, x);
            for (var rest = n; rest > 0; rest >>= 1, square *= square)
            {
                expected *= (rest & 1) != 0 ? square : 1;
            }

            Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(powers.Raise(n)));
        }
    }
}
