namespace ApproxCluster.Search;

/// <summary>
/// The Gaussian process where it is best and cheap enough: up to <see cref="MostForGaussian"/> configurations and <see cref="MostColumns"/> searched parameters; the tree-structured
/// Parzen estimator beyond, whose suggestions cost a fraction of a millisecond however long the history. Where a pruner ends or pauses most trials, BOHB's densities: they compare trials
/// at the same epoch, while the values that the other two would fit are of different epochs.
/// </summary>
internal sealed class AutoSampler : ISampler
{
    /// <summary>Configurations that the Gaussian process chooses.</summary>
    public const int MostForGaussian = 500;

    /// <summary>Most searched parameters for the Gaussian process.</summary>
    public const int MostColumns = 100;

    private readonly GaussianSampler gaussian;
    private readonly TpeSampler parzen;
    private readonly BohbSampler densities;
    private readonly bool fits;

    public AutoSampler(SamplerSettings settings)
    {
        (gaussian, parzen, densities) = (new GaussianSampler(new(), settings), new TpeSampler(new(), settings), new BohbSampler(new(), settings));
        fits = settings.Space.Searched().Count() <= MostColumns;
    }

    /// <inheritdoc />
    public long? Size => null;

    /// <inheritdoc />
    public Assignment? Suggest(int configuration, SearchHistory history) =>
        IsPruned(history) ? densities.Suggest(configuration, history)
        : fits && configuration < MostForGaussian ? gaussian.Suggest(configuration, history)
        : parzen.Suggest(configuration, history);

    /// <inheritdoc />
    public int? Recommend(SearchHistory history) => fits ? gaussian.Recommend(history) : null;

    // Whether at least half of the trials that are not under way were stopped before their last epoch.
    private static bool IsPruned(SearchHistory history)
    {
        var (stopped, whole) = (0, 0);
        foreach (var observation in history)
        {
            stopped += observation.State is TrialState.Pruned or TrialState.Paused ? 1 : 0;
            whole += observation.State is TrialState.Completed or TrialState.Failed ? 1 : 0;
        }

        return stopped > 0 && stopped >= whole;
    }
}
