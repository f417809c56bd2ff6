namespace ApproxCluster.Search;

/// <summary>
/// Chooses configurations. A suggestion is a pure function of (space, seed, number, history): what a sampler remembers between two calls may only spare it
/// work (<see cref="SearchHistory.Changes"/> says what is new), so a restart loses nothing and changes nothing.
/// </summary>
public interface ISampler
{
    /// <summary>Configurations there are in all, for a finite sampler; null when it never ends.</summary>
    long? Size { get; }

    /// <summary>
    /// Whether a point that it gives again is meant to be trained again under another seed (<see cref="RepeatRule.Replicate"/>), where the sweep does not say; by default it is not.
    /// </summary>
    bool WantsReplicates => false;

    /// <summary>The configuration with a number, or null when there is none left.</summary>
    /// <param name="configuration">Zero-based number; for a model with <see cref="SearchHistory.Prior"/> observations, counted from the first of them.</param>
    /// <param name="history">What is known by then: every configuration chosen before, in order of its number.</param>
    Assignment? Suggest(int configuration, SearchHistory history);

    /// <summary>
    /// Number of the configuration to take, where the sampler knows better than the best observation, which under noise is often only the luckiest; a pure function like
    /// <see cref="Suggest"/>. Null, the default, where it has no opinion.
    /// </summary>
    /// <param name="history">What is known by then.</param>
    int? Recommend(SearchHistory history) => null;
}
