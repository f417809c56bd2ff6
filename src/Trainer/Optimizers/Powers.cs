using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>Powers of one number by repeated squaring: multiplications only, so the same on every machine. The squares are computed once.</summary>
internal sealed class Powers
{
    private readonly double[] squares = new double[63];

    /// <summary>Computes x, x^2, x^4 ...</summary>
    public Powers(double x)
    {
        for (var i = 0; i < squares.Length; i++, x *= x)
        {
            squares[i] = x;
        }
    }

    /// <summary>x^n for n of at least 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Raise(long n)
    {
        var result = 1.0;
        for (var i = 0; n > 0; n >>= 1, i++)
        {
            if ((n & 1) != 0)
            {
                result *= squares[i];
            }
        }

        return result;
    }
}
