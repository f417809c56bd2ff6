namespace ApproxCluster.Search;

/// <content>The distribution function for whole degrees of freedom, in closed form (Abramowitz and Stegun, 26.7.3 and 26.7.4), and its inverse by bisection.</content>
internal static partial class StudentT
{
    private const double HalfPi = 1.5707963267948966;

    /// <summary>The chance that a t of so many degrees of freedom lies within plus or minus <paramref name="t"/>, which is at least 0. Off by less than 1e-13.</summary>
    public static double Within(double t, int degrees)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degrees, 1);
        if (double.IsNaN(t) || double.IsPositiveInfinity(t))
        {
            return double.IsNaN(t) ? double.NaN : 1;
        }

        var ratio = t / Math.Sqrt(degrees);
        var cosine = 1 / Math.Sqrt(1 + ratio * ratio);
        var square = cosine * cosine;
        var sine = ratio * cosine;
        var isOdd = degrees % 2 == 1;
        double sum = 0;
        double term = isOdd ? cosine : 1;
        for (var power = isOdd ? 1 : 0; power <= degrees - 2; power += 2)
        {
            sum += term;
            term *= square * (power + 1) / (power + 2);
        }

        return isOdd ? (Arctangent(ratio) + sine * sum) / HalfPi : sine * sum;
    }

    /// <summary>The t that lies so far out that a share <paramref name="confidence"/> (0..1, both excluded) lies within plus or minus of it.</summary>
    public static double Quantile(double confidence, int degrees)
    {
        var (low, high) = (0.0, 1.0);
        while (Within(high, degrees) < confidence && high < 1e12)
        {
            (low, high) = (high, 2 * high);
        }

        for (var halving = 0; halving < 60; halving++)
        {
            var middle = low + (high - low) / 2;
            (low, high) = Within(middle, degrees) < confidence ? (middle, high) : (low, middle);
        }

        return high;
    }

    // Halved until it is below tan(pi/16), and there the power series to x^23, whose rest is below 1e-18.
    private static double Arctangent(double x)
    {
        if (x > 1)
        {
            return HalfPi - Arctangent(1 / x);
        }

        var half = x / (1 + Math.Sqrt(1 + x * x));
        var quarter = half / (1 + Math.Sqrt(1 + half * half));
        var square = quarter * quarter;
        double sum = 0;
        for (var power = 23; power >= 1; power -= 2)
        {
            sum = 1.0 / power - square * sum;
        }

        return 4 * quarter * sum;
    }
}
