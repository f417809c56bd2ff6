namespace ApproxCluster.Search;

/// <summary>
/// The Gaussian process where it is best and cheap enough: up to <see cref="MostForGaussian"/> configurations and <see cref="MostColumns"/> searched parameters; the tree-structured
/// Parzen estimator beyond, whose suggestions cost a fraction of a millisecond however long the history. Where a pruner ends or pauses most trials, BOHB's densities, which compare trials at
/// one epoch and keep the search wide, and in some turns the Gaussian process over curves (<see cref="GaussianCurves"/>), which refines what is good at the last epoch: one in four as long as
/// that pays, else one in sixteen (a portfolio whose shares follow what each has gained, as M. Hoffman, E. Brochu and N. de Freitas, "Portfolio allocation for Bayesian optimization", UAI 2011).
/// </summary>
internal sealed class AutoSampler : ISampler
{
    /// <summary>Configurations that the Gaussian process chooses.</summary>
    public const int MostForGaussian = 500;

    /// <summary>Most searched parameters for the Gaussian process.</summary>
    public const int MostColumns = 100;

    /// <summary>Where trials are stopped, one in so many configurations may be the Gaussian process's.</summary>
    private const int Turn = 4;

    private readonly GaussianSampler gaussian;
    private readonly TpeSampler parzen;
    private readonly BohbSampler densities;
    private readonly int epochs;
    private readonly bool fits;

    public AutoSampler(SamplerSettings settings)
    {
        (gaussian, parzen, densities) = (new GaussianSampler(new(), settings), new TpeSampler(new(), settings), new BohbSampler(new(), settings));
        epochs = settings.Epochs;
        fits = settings.Space.Searched().Count() <= MostColumns;
    }

    /// <inheritdoc />
    public long? Size => null;

    /// <inheritdoc />
    public Assignment? Suggest(int configuration, SearchHistory history) =>
        history.IsPruned && !IsModelsTurn(configuration, history) ? densities.Suggest(configuration, history)
        : fits && configuration < MostForGaussian ? gaussian.Suggest(configuration, history)
        : parzen.Suggest(configuration, history);

    /// <inheritdoc />
    public int? Recommend(SearchHistory history) => fits ? gaussian.Recommend(history) : null;

    private bool IsModelsTurn(int configuration, SearchHistory history) =>
        fits && gaussian.ModelsCurves && configuration < MostForGaussian && configuration % Turn == 0 && (configuration % (4 * Turn) == 0 || Pays(history));

    /// <summary>Whether the model's turns have come to new best costs at least as often, for the epochs spent on them, as the others.</summary>
    private bool Pays(SearchHistory history)
    {
        var best = double.PositiveInfinity;
        var (won, spent) = (new double[2], new double[2]);
        foreach (var observation in history)
        {
            var least = observation.Curve.Where(double.IsFinite).DefaultIfEmpty(double.PositiveInfinity).Min();
            if (observation.Configuration < history.Prior)
            {
                // An earlier search's: what it has gained nobody's turn has.
                best = Math.Min(best, least);
                continue;
            }

            var turn = observation.Configuration % Turn == 0 ? 1 : 0;
            spent[turn] += observation.Curve.Count;
            won[turn] += least < best && best < double.PositiveInfinity ? 1 : 0;
            best = Math.Min(best, least);
        }

        // One success in a whole training is what either is believed to have before there is anything to see.
        return (won[1] + 1) * (spent[0] + epochs) >= (won[0] + 1) * (spent[1] + epochs);
    }
}
