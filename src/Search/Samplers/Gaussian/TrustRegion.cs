namespace ApproxCluster.Search;

/// <summary>
/// The size of the region that a local search is kept to, by the rules of TuRBO-1 (D. Eriksson, M. Pearce, J. Gardner, R. Turner and M. Poloczek, "Scalable global optimization via local Bayesian
/// optimization", NeurIPS 2019, section 2 and supplement): after 3 successes in a row its length doubles, after as many failures in a row as there are columns (at least 4) it halves, and under
/// 2^-7 it is over. A success is better than all before by a thousandth of the median's distance from the best: the paper's is of the best's own size, which changes where costs are shifted.
/// </summary>
/// <param name="columns">Columns of the space.</param>
/// <param name="initial">Its length at first, above 0, as a share of the unit cube's.</param>
internal sealed class TrustRegion(int columns, double initial)
{
    /// <summary>The least length; a shorter region is over.</summary>
    public const double Least = 0.0078125;

    /// <summary>The largest length.</summary>
    public const double Most = 1.6;

    private const int MostSuccesses = 3;

    private readonly int mostFailures = Math.Max(4, columns);
    private int successes;
    private int failures;

    /// <summary>The length, before it is shaped by length scales, as a share of the unit cube's.</summary>
    public double Length { get; private set; } = initial;

    /// <summary>Whether it has become too short.</summary>
    public bool IsOver => Length < Least;

    /// <summary>Counts what came of a point that was chosen in the region.</summary>
    public void Count(bool isSuccess)
    {
        (successes, failures) = isSuccess ? (successes + 1, 0) : (0, failures + 1);
        if (successes == MostSuccesses)
        {
            (Length, successes) = (Math.Min(2 * Length, Most), 0);
        }
        else if (failures == mostFailures)
        {
            (Length, failures) = (Length / 2, 0);
        }
    }
}
