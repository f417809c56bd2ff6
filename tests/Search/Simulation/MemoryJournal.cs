using System.Runtime.CompilerServices;

namespace ApproxCluster.Search.Tests;

/// <summary>How an append goes wrong.</summary>
internal enum JournalFault
{
    None,

    /// <summary>Nothing is written.</summary>
    Before,

    /// <summary>All is written, but the caller does not learn of it.</summary>
    After,
}

/// <summary>A journal in memory that keeps events as their codec writes them, refuses taken numbers, and fails as it is told.</summary>
internal sealed class MemoryJournal : ISweepJournal
{
    public List<(string Type, string Payload)> Entries { get; } = [];

    public IEnumerable<SweepEvent> Events => Entries.Select(entry => EventCodec.Decode(entry.Type, entry.Payload));

    public int Appends { get; private set; }

    public Func<int, JournalFault> Fault { get; set; } = _ => JournalFault.None;

    public Task AppendAsync(long firstSequence, IReadOnlyList<SweepEvent> events, CancellationToken cancellationToken)
    {
        var fault = Fault(Appends++);
        if (fault == JournalFault.Before)
        {
            throw new IOException("the journal is not there");
        }

        if (firstSequence != Entries.Count)
        {
            throw new JournalConflictException($"Sequence {firstSequence} is taken: there are {Entries.Count}.");
        }

        Entries.AddRange(events.Select(EventCodec.Encode));
        return fault == JournalFault.After ? throw new IOException("the journal does not answer") : Task.CompletedTask;
    }

    public async IAsyncEnumerable<SweepEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var sweepEvent in Events.ToArray())
        {
            yield return sweepEvent;
        }
    }
}
