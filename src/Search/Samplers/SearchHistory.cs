using System.Collections;
using System.Runtime.CompilerServices;

namespace ApproxCluster.Search;

/// <summary>
/// What a search knows: an observation for each configuration, by number, replaced as its trials go on. Samplers that keep figures of their own read
/// <see cref="Changes"/> from where they stopped, so that a suggestion need not look at all of it.
/// </summary>
[CollectionBuilder(typeof(SearchHistory), nameof(Create))]
public sealed class SearchHistory : IReadOnlyList<Observation>
{
    private readonly List<Observation> observations = [];
    private readonly List<int> changes = [];

    /// <inheritdoc />
    public int Count => observations.Count;

    /// <summary>Numbers of the configurations that were added or replaced, in that order, which is the order of virtual time.</summary>
    public IReadOnlyList<int> Changes => changes;

    /// <summary>How many of the observations, the first ones, were known before configuration 0: they come from an earlier search.</summary>
    public int Prior { get; private set; }

    /// <summary>
    /// Whether a pruner has ended or paused at least as many trials as came to their last epoch or failed. An earlier search's trials count until one of this search has ended, as this one
    /// may have no pruner.
    /// </summary>
    internal bool IsPruned => IsPrunedFrom(Prior) ?? IsPrunedFrom(0) ?? false;

    /// <inheritdoc />
    public Observation this[int index] => observations[index];

    /// <summary>A history of some observations, which are numbered 0, 1, 2 ...</summary>
    public static SearchHistory Create(ReadOnlySpan<Observation> observations)
    {
        var history = new SearchHistory();
        foreach (var observation in observations)
        {
            history.Set(observation);
        }

        return history;
    }

    /// <summary>Adds an observation of an earlier search, of which the number is given here. Only before any other.</summary>
    public void AddPrior(Observation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        if (Prior != Count)
        {
            throw new InvalidOperationException("Observations of an earlier search must come before all others. Add them first.");
        }

        Set(observation with { Configuration = Count });
        Prior++;
    }

    /// <summary>Adds the observation of the next configuration, or replaces that of an earlier one.</summary>
    /// <exception cref="ArgumentException">Its number is neither.</exception>
    public void Set(Observation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        var number = observation.Configuration;
        if (number < 0 || number > observations.Count)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Configuration is {number}, but must be at most {observations.Count}: configurations come in order of their numbers."),
                nameof(observation));
        }

        if (number == observations.Count)
        {
            observations.Add(observation);
        }
        else
        {
            observations[number] = observation;
        }

        changes.Add(number);
    }

    /// <inheritdoc />
    public IEnumerator<Observation> GetEnumerator() => observations.GetEnumerator();

    /// <inheritdoc />
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The same of the observations from a number on; null where none of them has ended or paused.</summary>
    private bool? IsPrunedFrom(int first)
    {
        var (stopped, whole) = (0, 0);
        for (var i = first; i < observations.Count; i++)
        {
            stopped += observations[i].State is TrialState.Pruned or TrialState.Paused ? 1 : 0;
            whole += observations[i].State is TrialState.Completed or TrialState.Failed ? 1 : 0;
        }

        return stopped + whole == 0 ? null : stopped > 0 && stopped >= whole;
    }
}
