namespace ApproxCluster.Search;

/// <summary>A constant plus correlated residuals, by generalized least squares.</summary>
internal static class Regression
{
    /// <summary>For C = L L^T: the constant m = 1^T C^-1 z / 1^T C^-1 1, the weights C^-1 (z - m), and (z - m)^T C^-1 (z - m).</summary>
    public static (double[] Weights, double Mean, double Squares) Solve(CholeskyFactor factor, ReadOnlySpan<double> outputs)
    {
        var ones = new double[outputs.Length];
        ones.AsSpan().Fill(1);
        factor.SolveLower(ones);
        var residuals = outputs.ToArray();
        factor.SolveLower(residuals);
        var mean = Lanes.Dot(ones, residuals) / Lanes.Dot(ones, ones);
        Lanes.AddScaled(-mean, ones, residuals);
        var squares = Lanes.Dot(residuals, residuals);
        factor.SolveUpper(residuals);
        return (residuals, mean, squares);
    }
}
