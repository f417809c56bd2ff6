using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>
/// Powers of one number by repeated squaring, the lowest bit of the exponent first: multiplications only, so the same on every machine. The squares are computed
/// once, and so are the products of the low bits, which change from step to step and so cannot be predicted.
/// </summary>
internal sealed class Powers
{
    private const int LowBits = 8;

    private readonly double[] squares = new double[63];
    private readonly double[] low = new double[1 << LowBits];

    /// <summary>Computes x, x^2, x^4 ... and x^0 to x^255.</summary>
    public Powers(double x)
    {
        for (var i = 0; i < squares.Length; i++, x *= x)
        {
            squares[i] = x;
        }

        low[0] = 1;
        for (var bit = 0; bit < LowBits; bit++)
        {
            for (var n = 1 << bit; n < 2 << bit; n++)
            {
                low[n] = low[n - (1 << bit)] * squares[bit];
            }
        }
    }

    /// <summary>x^n for n of at least 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Raise(long n)
    {
        var result = low[n & ((1 << LowBits) - 1)];
        n >>= LowBits;
        for (var i = LowBits; n > 0; n >>= 1, i++)
        {
            if ((n & 1) != 0)
            {
                result *= squares[i];
            }
        }

        return result;
    }
}
