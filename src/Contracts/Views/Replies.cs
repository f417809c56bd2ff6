namespace ApproxCluster.Contracts;

/// <summary>What came of a submission.</summary>
public enum SubmitOutcome
{
    /// <summary>Not an outcome.</summary>
    Invalid,

    /// <summary>The sweep runs.</summary>
    Accepted,

    /// <summary>The identity belongs to another sweep: choose another.</summary>
    Taken,

    /// <summary>The sweep cannot run on the cluster; the message says why.</summary>
    Rejected,
}

/// <summary>The answer to a submission.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Message">Why not, where it was rejected.</param>
[GenerateSerializer, Immutable, Alias("approx.submit_reply")]
public sealed record SubmitReply([property: Id(0)] SubmitOutcome Outcome, [property: Id(1)] string? Message = null);

/// <summary>Entries of a journal, in order.</summary>
/// <param name="From">Sequence number of the first.</param>
/// <param name="Entries">The entries.</param>
[GenerateSerializer, Immutable, Alias("approx.journal_page")]
public sealed record JournalPage([property: Id(0)] long From, [property: Id(1)] JournalLine[] Entries)
{
    /// <summary>Entries of a page at most.</summary>
    public const int Limit = 1000;
}

/// <summary>An event as the journal holds it.</summary>
/// <param name="Type">Type word.</param>
/// <param name="Payload">Its JSON.</param>
/// <param name="At">When it was written.</param>
[GenerateSerializer, Immutable, Alias("approx.journal_line")]
public readonly record struct JournalLine([property: Id(0)] string Type, [property: Id(1)] string Payload, [property: Id(2)] DateTimeOffset At);

/// <summary>There is no such sweep. Not worth another try.</summary>
[GenerateSerializer, Alias("approx.sweep_not_found")]
public sealed class SweepNotFoundException(string message) : Exception(message);

/// <summary>The coordinator could not answer: another activation has the journal, or the store failed. Call again.</summary>
[GenerateSerializer, Alias("approx.sweep_unavailable")]
public sealed class SweepUnavailableException(string message) : Exception(message);
