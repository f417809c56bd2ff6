using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>What a model is fitted by, as one vector: ln s_t for each dimension, ln noise, power and ln offset of the output warp.</summary>
internal sealed class GaussianHyperparameters
{
    /// <summary>Numbers after the scales.</summary>
    public const int Others = 3;

    /// <summary>Least noise variance, as a share of the signal's: what keeps matrices well conditioned.</summary>
    public const double NoiseFloor = 1e-8;

    public GaussianHyperparameters(ReadOnlySpan<double> vector)
    {
        var dimensions = vector.Length - Others;
        Scales = new double[dimensions];
        for (var dimension = 0; dimension < dimensions; dimension++)
        {
            Scales[dimension] = PortableMath.Exp(vector[dimension]);
        }

        (Noise, Power, Offset) = (PortableMath.Exp(vector[dimensions]), vector[dimensions + 1], PortableMath.Exp(vector[dimensions + 2]));
    }

    /// <summary>Inverse squared length scales.</summary>
    public double[] Scales { get; }

    /// <summary>Variance of the noise as a share of the signal's.</summary>
    public double Noise { get; }

    /// <summary>The output warp's power.</summary>
    public double Power { get; }

    /// <summary>The output warp's offset.</summary>
    public double Offset { get; }

    /// <summary>Bounds of the vector.</summary>
    public static (double[] Lower, double[] Upper) Bounds(int dimensions)
    {
        var (lower, upper) = (new double[dimensions + Others], new double[dimensions + Others]);
        lower.AsSpan(0, dimensions).Fill(-9);
        upper.AsSpan(0, dimensions).Fill(8);
        (lower[dimensions], upper[dimensions]) = (PortableMath.Log(NoiseFloor), 1);
        (lower[dimensions + 1], upper[dimensions + 1]) = (-0.5, 2);
        (lower[dimensions + 2], upper[dimensions + 2]) = (PortableMath.Log(1e-4), PortableMath.Log(10));
        return (lower, upper);
    }
}
