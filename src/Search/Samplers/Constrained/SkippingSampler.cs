namespace ApproxCluster.Search;

/// <summary>
/// Leaves out the points of a fixed sequence (a grid's cells, Sobol's points) that break a space's rules: configuration n is the n-th point that keeps them. What it remembers of the
/// sequence it can find again.
/// </summary>
internal sealed class SkippingSampler : ISampler
{
    /// <summary>Points that are left out in a row before the sequence counts as at its end.</summary>
    public const int MaximumSkipped = 100_000;

    private readonly ISampler sequence;
    private readonly SearchSpace space;
    private readonly List<int> kept = [];
    private int next;
    private bool isAtEnd;

    public SkippingSampler(ISampler sequence, SearchSpace space)
    {
        (this.sequence, this.space) = (sequence, space);
        if (sequence.Size is not null)
        {
            while (Advance())
            {
            }

            Size = kept.Count;
        }
    }

    /// <inheritdoc />
    public long? Size { get; }

    /// <inheritdoc />
    public bool WantsReplicates => sequence.WantsReplicates;

    /// <inheritdoc />
    public Assignment? Suggest(int configuration, SearchHistory history)
    {
        while (configuration >= kept.Count && Advance())
        {
        }

        return configuration < kept.Count ? sequence.Suggest(kept[configuration], history) : null;
    }

    private bool Advance()
    {
        var most = sequence.Size is null ? MaximumSkipped : long.MaxValue;
        for (long skipped = 0; skipped < most && !isAtEnd; skipped++)
        {
            if (next == int.MaxValue || sequence.Suggest(next, []) is not { } point)
            {
                isAtEnd = true;
                break;
            }

            next++;
            if (space.Allows(point))
            {
                kept.Add(next - 1);
                return true;
            }
        }

        isAtEnd = true;
        return false;
    }
}
