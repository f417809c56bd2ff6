using System.Runtime.Intrinsics;

namespace ApproxCluster.Trainer.Tests;

/// <summary>An elementary function with its reference, its stated error and the inputs for which that holds.</summary>
/// <param name="Name">The function.</param>
/// <param name="Ulps">Stated error, in units of the last place of the exact result (2^-149 where that is subnormal).</param>
/// <param name="Exact">The function in double precision.</param>
/// <param name="Limit">Largest magnitude of an input for which it is stated.</param>
internal abstract record ElementaryCase(string Name, double Ulps, Func<double, double> Exact, double Limit)
{
    public static IReadOnlyList<ElementaryCase> All { get; } =
    [
        new Of<ExpOperation>("exp", 0.98, Math.Exp),
        new Of<LogOperation>("log", 0.86, Math.Log),
        new Of<TanhOperation>("tanh", 5.45, Math.Tanh),
        new Of<SigmoidOperation>("sigmoid", 2.41, Reference.Sigmoid),
        new Of<SineOperation>("sine", 1.49, Math.Sin, 131072),
        new Of<CosineOperation>("cosine", 1.49, Math.Cos, 131072),
        new Of<ErfOperation>("erf", 0.99, Reference.Erf),
        new Of<CumulativeOperation>("cumulative", 6.42, Reference.Cumulative),
        new Of<DensityOperation>("density", 2.77, Reference.Density),
    ];

    /// <summary>Applies the function with the widest vectors that the machine has.</summary>
    public void Map(ReadOnlySpan<float> x, Span<float> y) =>
        Map(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128, x, y);

    /// <summary>Applies the function with vectors of a width in bits; 32 is the scalar. The number of inputs is a multiple of 16.</summary>
    public abstract void Map(int bits, ReadOnlySpan<float> x, Span<float> y);

    /// <summary>Error in ulp of a result; 0.5 for any that is rounded right, infinite where one is NaN and the other not.</summary>
    public double Error(float x, float y)
    {
        var exact = Exact(x);
        if ((float)exact == y)
        {
            return 0.5;
        }

        if (double.IsNaN(exact) || float.IsNaN(y))
        {
            return double.IsNaN(exact) && float.IsNaN(y) ? 0 : double.PositiveInfinity;
        }

        if (double.IsInfinity(exact) || double.IsInfinity(x))
        {
            return y == exact ? 0 : double.PositiveInfinity;
        }

        // An overflow counts as the first power of 2 that is no float.
        var most = Math.ScaleB(1, 128);
        exact = Math.Clamp(exact, -most, most);
        var exponent = Math.Max(Math.ILogB(exact), -126);
        return Math.Abs(Math.Clamp(y, -most, most) - exact) * Math.ScaleB(1, 23 - exponent);
    }

    private sealed unsafe record Of<TOperation>(string Name, double Ulps, Func<double, double> Exact, double Limit = double.PositiveInfinity)
        : ElementaryCase(Name, Ulps, Exact, Limit)
        where TOperation : struct, IElementaryOperation
    {
        public override void Map(int bits, ReadOnlySpan<float> x, Span<float> y)
        {
            switch (bits)
            {
                case 512:
                    Run<Simd512>(x, y);
                    break;
                case 256:
                    Run<Simd256>(x, y);
                    break;
                case 128:
                    Run<Simd128>(x, y);
                    break;
                default:
                    Run<SimdScalar>(x, y);
                    break;
            }
        }

        private static void Run<TSimd>(ReadOnlySpan<float> x, Span<float> y)
            where TSimd : unmanaged, ISimd<TSimd>
        {
            Assert.Equal(0, x.Length % 16);
            fixed (float* source = x, destination = y)
            {
                for (var i = 0; i < x.Length; i += TSimd.Lanes)
                {
                    TSimd.Store(TOperation.Apply(TSimd.Load(source + i)), destination + i);
                }
            }
        }
    }
}
