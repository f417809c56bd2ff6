namespace ApproxCluster.Search;

/// <summary>
/// The Gaussian process where it is best and cheap enough: up to <see cref="MostForGaussian"/> configurations and <see cref="MostColumns"/> searched parameters; the tree-structured
/// Parzen estimator beyond, whose suggestions cost a fraction of a millisecond however long the history.
/// </summary>
internal sealed class AutoSampler : ISampler, IRecommender
{
    /// <summary>Configurations that the Gaussian process chooses.</summary>
    public const int MostForGaussian = 500;

    /// <summary>Most searched parameters for the Gaussian process.</summary>
    public const int MostColumns = 100;

    private readonly GaussianSampler gaussian;
    private readonly TpeSampler parzen;
    private readonly bool fits;

    public AutoSampler(SamplerSettings settings)
    {
        (gaussian, parzen) = (new GaussianSampler(new(), settings), new TpeSampler(new(), settings));
        fits = settings.Space.Searched().Count() <= MostColumns;
    }

    /// <inheritdoc />
    public long? Size => null;

    /// <inheritdoc />
    public Assignment? Suggest(int configuration, SearchHistory history) =>
        fits && configuration < MostForGaussian ? gaussian.Suggest(configuration, history) : parzen.Suggest(configuration, history);

    /// <inheritdoc />
    public int? Recommend(SearchHistory history) => fits ? gaussian.Recommend(history) : null;
}
