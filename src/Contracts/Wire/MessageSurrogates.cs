using ApproxCluster.Search;
using ApproxCluster.Trainer;

namespace ApproxCluster.Contracts.Wire;

// Search and Trainer know nothing of Orleans, so their records cross the wire as these. Members are only ever added, under new numbers.

[GenerateSerializer, Immutable, Alias("approx.wire.worker_message")]
internal readonly record struct WorkerMessageWire(
    [property: Id(0)] string Worker,
    [property: Id(1)] int Free,
    [property: Id(2)] TrialAttempt[] Active,
    [property: Id(3)] SegmentResult[] Results,
    [property: Id(4)] TrialAttempt[] Returned);

[RegisterConverter]
internal sealed class WorkerMessageConverter : IConverter<WorkerMessage, WorkerMessageWire>
{
    public WorkerMessage ConvertFromSurrogate(in WorkerMessageWire wire) =>
        new(wire.Worker, wire.Free, wire.Active, wire.Results, wire.Returned);

    public WorkerMessageWire ConvertToSurrogate(in WorkerMessage value) =>
        new(value.Worker, value.Free, [.. value.Active], [.. value.Results], [.. value.Returned]);
}

[GenerateSerializer, Immutable, Alias("approx.wire.worker_reply")]
internal readonly record struct WorkerReplyWire(
    [property: Id(0)] SweepStatus Status, [property: Id(1)] Lease[] Leases, [property: Id(2)] TrialAttempt[] Stop);

[RegisterConverter]
internal sealed class WorkerReplyConverter : IConverter<WorkerReply, WorkerReplyWire>
{
    public WorkerReply ConvertFromSurrogate(in WorkerReplyWire wire) => new(wire.Status, wire.Leases, wire.Stop);

    public WorkerReplyWire ConvertToSurrogate(in WorkerReply value) => new(value.Status, [.. value.Leases], [.. value.Stop]);
}

[GenerateSerializer, Immutable, Alias("approx.wire.lease")]
internal readonly record struct LeaseWire(
    [property: Id(0)] int Trial,
    [property: Id(1)] int Attempt,
    [property: Id(2)] int Segment,
    [property: Id(3)] int FromEpoch,
    [property: Id(4)] int ToEpoch,
    [property: Id(5)] bool ScoreTest,
    [property: Id(6)] TrialConfiguration? Configuration,
    [property: Id(7)] ulong Seed,
    [property: Id(8)] Assignment? Parameters);

[RegisterConverter]
internal sealed class LeaseConverter : IConverter<Lease, LeaseWire>
{
    public Lease ConvertFromSurrogate(in LeaseWire wire) => new()
    {
        Trial = wire.Trial,
        Attempt = wire.Attempt,
        Segment = wire.Segment,
        FromEpoch = wire.FromEpoch,
        ToEpoch = wire.ToEpoch,
        ScoreTest = wire.ScoreTest,
        Configuration = wire.Configuration,
        Seed = wire.Seed,
        Parameters = wire.Parameters,
    };

    public LeaseWire ConvertToSurrogate(in Lease value) => new(
        value.Trial, value.Attempt, value.Segment, value.FromEpoch, value.ToEpoch, value.ScoreTest, value.Configuration, value.Seed, value.Parameters);
}

[GenerateSerializer, Immutable, Alias("approx.wire.segment_result")]
internal readonly record struct SegmentResultWire(
    [property: Id(0)] int Trial,
    [property: Id(1)] int Attempt,
    [property: Id(2)] int Segment,
    [property: Id(3)] EpochReport[] Epochs,
    [property: Id(4)] bool Diverged,
    [property: Id(5)] string? Error,
    [property: Id(6)] TestScore? Test,
    [property: Id(7)] EarlyEnd End,
    [property: Id(8)] string? Output,
    [property: Id(9)] double?[]? Seconds);

[RegisterConverter]
internal sealed class SegmentResultConverter : IConverter<SegmentResult, SegmentResultWire>
{
    public SegmentResult ConvertFromSurrogate(in SegmentResultWire wire) =>
        new(wire.Trial, wire.Attempt, wire.Segment, wire.Epochs, wire.Diverged, wire.Error, wire.Test) { End = wire.End, Output = wire.Output, Seconds = wire.Seconds };

    public SegmentResultWire ConvertToSurrogate(in SegmentResult value) =>
        new(value.Trial, value.Attempt, value.Segment, [.. value.Epochs], value.Diverged, value.Error, value.Test, value.End, value.Output, value.Seconds is { } seconds ? [.. seconds] : null);
}

[GenerateSerializer, Immutable, Alias("approx.wire.trial_attempt")]
internal readonly record struct TrialAttemptWire([property: Id(0)] int Trial, [property: Id(1)] int Attempt, [property: Id(2)] int Segment);

[RegisterConverter]
internal sealed class TrialAttemptConverter : IConverter<TrialAttempt, TrialAttemptWire>
{
    public TrialAttempt ConvertFromSurrogate(in TrialAttemptWire wire) => new(wire.Trial, wire.Attempt, wire.Segment);

    public TrialAttemptWire ConvertToSurrogate(in TrialAttempt value) => new(value.Trial, value.Attempt, value.Segment);
}
