namespace ApproxCluster.Search;

/// <summary>The append-only journal of one sweep.</summary>
public interface ISweepJournal
{
    /// <summary>Appends events under consecutive sequence numbers, all or none. Throws <see cref="JournalConflictException"/> when the first is taken.</summary>
    Task AppendAsync(long firstSequence, IReadOnlyList<SweepEvent> events, CancellationToken cancellationToken);

    /// <summary>All events in order, from sequence 0.</summary>
    IAsyncEnumerable<SweepEvent> ReadAsync(CancellationToken cancellationToken);
}

/// <summary>Another coordinator has written to the journal: whoever gets this steps down and reads it again. Not retried by itself.</summary>
public sealed class JournalConflictException : Exception
{
    /// <summary>Makes the error.</summary>
    public JournalConflictException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the error with its cause.</summary>
    public JournalConflictException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
