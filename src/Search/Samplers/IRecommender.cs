namespace ApproxCluster.Search;

/// <summary>A sampler that knows better than the best observation which configuration is best: under noise that is often only the luckiest.</summary>
public interface IRecommender
{
    /// <summary>Number of the configuration to recommend; a pure function like <see cref="ISampler.Suggest"/>. Null where it has no opinion.</summary>
    /// <param name="history">What is known by then.</param>
    int? Recommend(SearchHistory history);
}
