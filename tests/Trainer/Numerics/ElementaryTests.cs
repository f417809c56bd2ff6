namespace ApproxCluster.Trainer.Tests;

public unsafe class ElementaryTests
{
    /// <summary>A dense sample of all floats: every 4001st bit pattern, both signs.</summary>
    private static IEnumerable<float> Sample()
    {
        for (long bits = 0; bits < 0x7f800000; bits += 4001)
        {
            yield return BitConverter.Int32BitsToSingle((int)bits);
            yield return -BitConverter.Int32BitsToSingle((int)bits);
        }
    }

    [Fact]
    public void Exp_DenseSample_IsWithinItsStatedError() =>
        Check(Sample().Where(x => x is > -87 and < 88), Math.Exp, x => Elementary<SimdScalar>.Exp(new(x)).Value, 1.1);

    [Fact]
    public void Tanh_DenseSample_IsWithinItsStatedError() =>
        Check(Sample(), Math.Tanh, x => Elementary<SimdScalar>.Tanh(new(x)).Value, 2.6);

    [Fact]
    public void Sigmoid_DenseSample_IsWithinItsStatedError() =>
        Check(Sample().Where(x => x > -86), x => 1 / (1 + Math.Exp(-x)), x => Elementary<SimdScalar>.Sigmoid(new(x)).Value, 2.6);

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(1e5)]
    public void SineCosine_UpToAHundredThousandRadians_IsWithinItsStatedError(double range)
    {
        var generator = new Philox(3);
        double worst = 0;
        for (var i = 0; i < 200_000; i++)
        {
            var x = (float)((2 * generator.NextDouble() - 1) * range);
            Elementary<SimdScalar>.SineCosine(new(x), new(0), out var sine, out var cosine);
            worst = Math.Max(worst, Math.Max(Math.Abs(sine.Value - Math.Sin(x)), Math.Abs(cosine.Value - Math.Cos(x))));
        }

        Assert.InRange(worst, 0, 1.2e-7);
    }

    [Fact]
    public void AllFunctions_EveryWidth_EqualTheScalar()
    {
        foreach (var x in Sample().Where((_, i) => i % 37 == 0))
        {
            Elementary<SimdScalar>.SineCosine(new(x), new(0), out var sine, out var cosine);
            float[] expected = [Elementary<SimdScalar>.Exp(new(x)).Value, Elementary<SimdScalar>.Tanh(new(x)).Value, Elementary<SimdScalar>.Sigmoid(new(x)).Value, sine.Value, cosine.Value];
            Assert.Equal(Bits(expected), Bits(Wide<Simd128>(x)));
            Assert.Equal(Bits(expected), Bits(Wide<Simd256>(x)));
            Assert.Equal(Bits(expected), Bits(Wide<Simd512>(x)));
        }
    }

    [Fact]
    public void AllFunctions_NotANumber_StaysOne()
    {
        var nan = new SimdScalar(float.NaN);
        Elementary<SimdScalar>.SineCosine(nan, new(0), out var sine, out var cosine);
        Assert.All(
            [Elementary<SimdScalar>.Exp(nan).Value, Elementary<SimdScalar>.Tanh(nan).Value, Elementary<SimdScalar>.Sigmoid(nan).Value, sine.Value, cosine.Value],
            value => Assert.True(float.IsNaN(value)));
    }

    private static float[] Wide<TSimd>(float x)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        var v = TSimd.Broadcast(x);
        Elementary<TSimd>.SineCosine(v, TSimd.Broadcast(0), out var sine, out var cosine);
        return [Lane(Elementary<TSimd>.Exp(v)), Lane(Elementary<TSimd>.Tanh(v)), Lane(Elementary<TSimd>.Sigmoid(v)), Lane(sine), Lane(cosine)];
    }

    private static float Lane<TSimd>(TSimd value)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        var lanes = stackalloc float[16];
        TSimd.Store(value, lanes);
        return lanes[TSimd.Lanes - 1];
    }

    private static int[] Bits(float[] values) => [.. values.Select(BitConverter.SingleToInt32Bits)];

    private static void Check(IEnumerable<float> sample, Func<double, double> exact, Func<float, float> ours, double ulps)
    {
        var (worst, at) = (0.0, 0f);
        foreach (var x in sample)
        {
            var expected = exact(x);
            var ulp = Math.Max(MathF.BitIncrement(MathF.Abs((float)expected)) - (double)MathF.Abs((float)expected), 1.4e-45);
            var error = Math.Abs(ours(x) - expected) / ulp;
            if (!(error <= worst))
            {
                (worst, at) = (error, x);
            }
        }

        Assert.True(worst <= ulps, $"{worst:f2} ulp at {at:R}: {ours(at):R} instead of {exact(at):R}");
    }
}
