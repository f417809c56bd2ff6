using System.Runtime.Intrinsics;
using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>The complementary error function, with the same bits on every machine.</summary>
internal static class ErrorFunction
{
    private const double InverseRootPi = 0.56418958354775628695;

    private static readonly double[] MiddleTop =
    [
        2.15311535474403846343e-8, 5.64188496988670089180e-1, 8.88314979438837594118, 6.61191906371416294775e1, 2.98635138197400131132e2,
        8.81952221241769090411e2, 1.71204761263407058314e3, 2.05107837782607146532e3, 1.23033935479799725272e3,
    ];

    private static readonly double[] MiddleBottom =
    [
        1.0, 1.57449261107098347253e1, 1.17693950891312499305e2, 5.37181101862009857509e2, 1.62138957456669018874e3,
        3.29079923573345962678e3, 4.36261909014324715820e3, 3.43936767414372163696e3, 1.23033935480374942043e3,
    ];

    private static readonly double[] TailTop =
    [
        1.63153871373020978498e-2, 3.05326634961232344035e-1, 3.60344899949804439429e-1, 1.25781726111229246204e-1, 1.60837851487422766278e-2,
        6.58749161529837803157e-4,
    ];

    private static readonly double[] TailBottom =
    [
        1.0, 2.56852019228982242072, 1.87295284992346725209, 5.27905102951428412248e-1, 6.05183413124413191178e-2, 2.33520497626869185443e-3,
    ];

    private static readonly double[] CentreTop =
    [
        1.85777706184603152673e-1, 3.16112374387056560, 1.13864154151050155685e2, 3.77485237685302020937e2, 3.20937758913846947256e3,
    ];

    private static readonly double[] CentreBottom =
    [
        1.0, 2.36012909523441209334e1, 2.44024637934444173056e2, 1.28261652607737228452e3, 2.84423683343917062338e3,
    ];

    /// <summary>
    /// e^(x^2) erfc(x) for x of at least -26, by W. J. Cody's rational approximations ("Rational Chebyshev approximations for the error function", Math. Comp. 23,
    /// 1969): one for |x| up to 0.46875, one up to 4, one beyond. Relative error below 1e-14. Infinite below -26, NaN for NaN.
    /// </summary>
    public static double Scaled(double x)
    {
        if (double.IsNaN(x))
        {
            return x;
        }

        if (x < -26)
        {
            return double.PositiveInfinity;
        }

        var magnitude = Math.Abs(x);
        if (magnitude <= 0.46875)
        {
            var square = x * x;
            return PortableMath.Exp(square) * (1 - x * (Polynomial(CentreTop, square) / Polynomial(CentreBottom, square)));
        }

        double positive;
        if (magnitude <= 4)
        {
            positive = Polynomial(MiddleTop, magnitude) / Polynomial(MiddleBottom, magnitude);
        }
        else
        {
            var inverse = 1 / (magnitude * magnitude);
            positive = (InverseRootPi - inverse * (Polynomial(TailTop, inverse) / Polynomial(TailBottom, inverse))) / magnitude;
        }

        return x > 0 ? positive : 2 * PortableMath.Exp(x * x) - positive;
    }

    /// <summary>The complementary error function, 2 / sqrt(pi) times the integral of e^(-t^2) from x on. Relative error below 1e-13; 0 above 27.</summary>
    public static double Complement(double x) => x switch
    {
        > 27 => 0,
        < -6 => 2,
        < 0 => 2 - Complement(-x),
        _ => PortableMath.Exp(-x * x) * Scaled(x),
    };

    /// <summary>erf(x) of eight numbers of magnitude up to 0.46875, by the same approximation. Every lane is on its own.</summary>
    public static Vector512<double> Central(Vector512<double> x)
    {
        var square = x * x;
        return x * (Polynomial(CentreTop, square) / Polynomial(CentreBottom, square));
    }

    /// <summary>e^(x^2) erfc(x) of eight numbers of at least 0.46875, by the same approximations. Every lane is on its own.</summary>
    public static Vector512<double> Scaled(Vector512<double> x)
    {
        var middle = Polynomial(MiddleTop, x) / Polynomial(MiddleBottom, x);
        var isTail = Vector512.GreaterThan(x, Vector512.Create(4.0));
        if (isTail == Vector512<double>.Zero)
        {
            return middle;
        }

        var inverse = Vector512<double>.One / (x * x);
        var tail = (Vector512.Create(InverseRootPi) - inverse * (Polynomial(TailTop, inverse) / Polynomial(TailBottom, inverse))) / x;
        return Vector512.ConditionalSelect(isTail, tail, middle);
    }

    private static Vector512<double> Polynomial(double[] coefficients, Vector512<double> x)
    {
        var sum = Vector512.Create(coefficients[0]);
        for (var index = 1; index < coefficients.Length; index++)
        {
            sum = Vector512.FusedMultiplyAdd(sum, x, Vector512.Create(coefficients[index]));
        }

        return sum;
    }

    /// <summary>Horner's rule, highest power first.</summary>
    private static double Polynomial(ReadOnlySpan<double> coefficients, double x)
    {
        var sum = coefficients[0];
        for (var index = 1; index < coefficients.Length; index++)
        {
            sum = sum * x + coefficients[index];
        }

        return sum;
    }
}
