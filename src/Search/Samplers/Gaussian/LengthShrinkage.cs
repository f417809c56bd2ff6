namespace ApproxCluster.Search;

/// <summary>
/// A prior that draws the length scales of numeric columns together (partial pooling: A. Gelman et al., "Bayesian data analysis", 3rd edition, chapter 5): the logarithms' differences from their mean
/// are normal with deviation <see cref="Deviation"/>. A length scale for each column is more than few costs can tell, and the likelihood then often takes one or two columns for all that matters.
/// From <see cref="Few"/> costs a column on the precision falls with the square of their number, so that columns that do differ are told apart. Choices have length scales of another unit (Hamming), which stay out of it.
/// </summary>
/// <param name="isCategorical">The columns whose numbers are choices.</param>
internal sealed class LengthShrinkage(bool[] isCategorical)
{
    private const double Deviation = 0.5;
    private const double Few = 3;

    private readonly int[] numeric = [.. Enumerable.Range(0, isCategorical.Length).Where(column => !isCategorical[column])];

    /// <summary>Minus the logarithm of the density at a vector (see <see cref="GaussianHyperparameters"/>), up to a constant.</summary>
    /// <param name="count">Costs of the fit, at least 1.</param>
    /// <param name="vector">The vector.</param>
    /// <param name="gradient">Its derivatives are added to this.</param>
    public double Penalty(int count, ReadOnlySpan<double> vector, Span<double> gradient)
    {
        var fade = Math.Min(1, Few * isCategorical.Length / count);
        var precision = fade * fade / (Deviation * Deviation);
        var mean = 0.0;
        foreach (var column in numeric)
        {
            mean += vector[column] / numeric.Length;
        }

        // ln l = -ln(s) / 2. The mean adds nothing to the derivatives, as the differences sum to 0.
        var squares = 0.0;
        foreach (var column in numeric)
        {
            var difference = 0.5 * (vector[column] - mean);
            squares += difference * difference;
            gradient[column] += 0.5 * precision * difference;
        }

        return 0.5 * precision * squares;
    }
}
