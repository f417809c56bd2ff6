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
}
