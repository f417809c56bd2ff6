namespace ApproxCluster.Trainer.Tests;

public sealed class ElementaryTests
{
    private const int Block = 1 << 16;

    /// <summary>A dense sample of all bit patterns, NaN and infinities too: every 16033th (a prime), and the ends of the exponents' ranges.</summary>
    private static readonly float[] Sample = MakeSample();

    public static TheoryData<string> Names => [.. ElementaryCase.All.Select(it => it.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Function_DenseSample_IsWithinItsStatedError(string name)
    {
        var it = ElementaryCase.All.Single(it => it.Name == name);
        var y = new float[Sample.Length];

        it.Map(Sample, y);

        Check(it, Worst(it, Sample, y, default));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Function_EveryWidth_GivesTheSameBits(string name)
    {
        var it = ElementaryCase.All.Single(it => it.Name == name);
        var x = Sample.AsSpan(0, Sample.Length / 16 / 8 * 16);
        var (expected, actual) = (new float[x.Length], new float[x.Length]);
        it.Map(32, x, expected);
        foreach (var bits in new[] { 128, 256, 512 })
        {
            it.Map(bits, x, actual);
            for (var i = 0; i < x.Length; i++)
            {
                Assert.True(Same(expected[i], actual[i]), $"{name}({x[i]:R}) is {actual[i]:R} at {bits} bits, but {expected[i]:R} in scalar arithmetic.");
            }
        }
    }

    /// <summary>All 2^32 inputs, and 128-bit vectors beside the widest; minutes for each function: start it with <c>-explicit only -method '*AllInputs*'</c>.</summary>
    [Theory(Explicit = true)]
    [MemberData(nameof(Names))]
    public void Function_AllInputs_IsWithinItsStatedError(string name)
    {
        var it = ElementaryCase.All.Single(it => it.Name == name);
        var (x, y, narrow) = (new float[Block], new float[Block], new float[Block]);
        (double Error, float At) worst = default;
        for (long first = 0; first < 1L << 32; first += Block)
        {
            for (var i = 0; i < Block; i++)
            {
                x[i] = BitConverter.UInt32BitsToSingle((uint)(first + i));
            }

            it.Map(x, y);
            it.Map(128, x, narrow);
            Assert.True(System.Runtime.InteropServices.MemoryMarshal.AsBytes(y.AsSpan()).SequenceEqual(System.Runtime.InteropServices.MemoryMarshal.AsBytes(narrow.AsSpan())), $"Widths differ from {x[0]:R} on.");
            worst = Worst(it, x, y, worst);
        }

        TestContext.Current.TestOutputHelper!.WriteLine(FormattableString.Invariant($"{name}: {worst.Error:f3} ulp at {worst.At:R}"));
        Check(it, worst);
    }

    /// <summary>The error of a product goes along as the correction: products of a frequency and an input, as encodings and sine layers take them.</summary>
    [Fact]
    public void SineCosine_OfProductWithItsError_IsWithinItsStatedError()
    {
        var generator = new Philox(3);
        double worst = 0;
        for (var i = 0; i < 200_000; i++)
        {
            // The exact product fits a double.
            var (n, x) = ((float)(1 + generator.NextBelow(1024)), (float)(Math.PI * (2 * generator.NextDouble() - 1)));
            var product = n * x;
            Elementary<SimdScalar>.SineCosine(new(product), new(MathF.FusedMultiplyAdd(n, x, -product)), out var s, out var c);
            worst = Math.Max(worst, Math.Max(Math.Abs(Math.Sin((double)n * x) - s.Value), Math.Abs(Math.Cos((double)n * x) - c.Value)));
        }

        Assert.InRange(worst, 0, 1.2e-7);
    }

    [Fact]
    public void SineCosine_BeyondTheLimit_AreNotNumbers()
    {
        var (sine, cosine) = (ElementaryCase.All.Single(it => it.Name == "sine"), ElementaryCase.All.Single(it => it.Name == "cosine"));
        float[] x = [.. Enumerable.Repeat(4194305f, 8), .. Enumerable.Repeat(float.NegativeInfinity, 8)];
        var y = new float[16];

        sine.Map(x, y);
        Assert.All(y, value => Assert.True(float.IsNaN(value)));
        cosine.Map(x, y);
        Assert.All(y, value => Assert.True(float.IsNaN(value)));
    }

    private static float[] MakeSample()
    {
        var sample = new List<float>();
        for (long bits = 0; bits < 1L << 32; bits += 16033)
        {
            sample.Add(BitConverter.UInt32BitsToSingle((uint)bits));
        }

        for (long exponent = 0; exponent < 512; exponent++)
        {
            for (var offset = -8; offset < 8; offset++)
            {
                sample.Add(BitConverter.UInt32BitsToSingle((uint)((exponent << 23) + offset)));
            }
        }

        return [.. sample.Take(sample.Count / 16 * 16)];
    }

    private static (double Error, float At) Worst(ElementaryCase it, ReadOnlySpan<float> x, ReadOnlySpan<float> y, (double Error, float At) worst)
    {
        for (var i = 0; i < x.Length; i++)
        {
            // NaN has no magnitude within the limit, but must stay NaN.
            if ((Math.Abs(x[i]) <= it.Limit || float.IsNaN(x[i])) && it.Error(x[i], y[i]) is var error && !(error <= worst.Error))
            {
                worst = (error, x[i]);
            }
        }

        return worst;
    }

    private static void Check(ElementaryCase it, (double Error, float At) worst) =>
        Assert.True(worst.Error <= it.Ulps, FormattableString.Invariant($"{it.Name}: {worst.Error:f3} ulp at {worst.At:R}, but must be at most {it.Ulps}; exact is {it.Exact(worst.At):R}."));

    private static bool Same(float left, float right) => BitConverter.SingleToInt32Bits(left) == BitConverter.SingleToInt32Bits(right) || (float.IsNaN(left) && float.IsNaN(right));
}
