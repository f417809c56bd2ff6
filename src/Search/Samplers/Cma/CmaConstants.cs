namespace ApproxCluster.Search;

/// <summary>Strategy parameters of CMA-ES for a dimension and a population: table 1 and equations 49 to 58 of Hansen's tutorial.</summary>
internal sealed class CmaConstants
{
    public CmaConstants(int dimension, int population)
    {
        var (d, half) = ((double)dimension, population / 2);
        (Dimension, Population) = (dimension, population);
        Weights = [.. Enumerable.Range(1, population).Select(rank => FastMath.Log((population + 1) / 2.0) - FastMath.Log(rank))];
        var better = Effective(Weights[..half]);
        var worse = Effective(Weights[half..]);
        Better = better;
        ForRankOne = 2 / ((d + 1.3) * (d + 1.3) + better);
        ForRankMu = Math.Min(1 - ForRankOne, 2 * (0.25 + better + 1 / better - 2) / ((d + 2) * (d + 2) + better));
        ForPath = (4 + better / d) / (d + 4 + 2 * better / d);
        ForStep = (better + 2) / (d + better + 5);
        Damping = 1 + 2 * Math.Max(0, Math.Sqrt((better - 1) / (d + 1)) - 1) + ForStep;
        Length = Math.Sqrt(d) * (1 - 1 / (4 * d) + 1 / (21 * d * d));

        var limit = Math.Min(1 + ForRankOne / ForRankMu, Math.Min(1 + 2 * worse / (better + 2), (1 - ForRankOne - ForRankMu) / (d * ForRankMu)));
        var (above, below) = (Weights.Where(weight => weight >= 0).Sum(), -Weights.Where(weight => weight < 0).Sum());
        Weights = [.. Weights.Select(weight => weight >= 0 ? weight / above : weight * limit / below)];
        WeightSum = Weights.Sum();
    }

    /// <summary>d.</summary>
    public int Dimension { get; }

    /// <summary>lambda.</summary>
    public int Population { get; }

    /// <summary>w_i, from the best to the worst; negative ones in the worse half.</summary>
    public double[] Weights { get; }

    /// <summary>Sum of all weights.</summary>
    public double WeightSum { get; }

    /// <summary>mu_eff of the better half.</summary>
    public double Better { get; }

    /// <summary>c_1.</summary>
    public double ForRankOne { get; }

    /// <summary>c_mu.</summary>
    public double ForRankMu { get; }

    /// <summary>c_c.</summary>
    public double ForPath { get; }

    /// <summary>c_sigma.</summary>
    public double ForStep { get; }

    /// <summary>d_sigma.</summary>
    public double Damping { get; }

    /// <summary>Expected length of a normally distributed vector.</summary>
    public double Length { get; }

    /// <summary>The usual population.</summary>
    public static int Usual(int dimension) => 4 + (int)(3 * FastMath.Log(dimension));

    private static double Effective(double[] weights) => weights.Sum() * weights.Sum() / weights.Sum(weight => weight * weight);
}
