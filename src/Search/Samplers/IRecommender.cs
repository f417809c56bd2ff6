namespace ApproxCluster.Search;

/// <summary>A sampler that can say which of the configurations tried is best, where outcomes are noisy.</summary>
public interface IRecommender
{
    /// <summary>The configuration with the best expected cost; null while nothing has ended with one.</summary>
    /// <param name="history">What is known.</param>
    int? Recommend(SearchHistory history);
}
