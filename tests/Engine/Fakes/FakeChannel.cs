using System.Threading.Channels;
using ApproxCluster.Search;
using ApproxCluster.Trainer;

namespace ApproxCluster.Engine.Tests;

/// <summary>A coordinator that does what the test says and shows what it was told.</summary>
internal sealed class FakeChannel : ISweepChannel
{
    private readonly Channel<WorkerMessage> messages = Channel.CreateUnbounded<WorkerMessage>();
    private readonly Func<WorkerMessage, CancellationToken, Task<WorkerReply>> answer;

    public FakeChannel(SweepSpec spec, Func<WorkerMessage, WorkerReply> answer)
        : this(spec, (message, _) => Task.FromResult(answer(message)))
    {
    }

    public FakeChannel(SweepSpec spec, Func<WorkerMessage, CancellationToken, Task<WorkerReply>> answer)
    {
        this.answer = answer;
        var shape = TargetCatalog.Open(spec.Target!, Seeds.Derive(spec.Seed, "target"), ".").Shape;
        Sweep = new SweepInfo("fake-0000", spec, shape);
    }

    public SweepInfo Sweep { get; init; }

    /// <summary>Everything told so far, in order.</summary>
    public ChannelReader<WorkerMessage> Messages => messages.Reader;

    /// <summary>Epochs told so far.</summary>
    public TaskCompletionSource<TrialProgress> FirstEpoch { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<WorkerReply> ExchangeAsync(WorkerMessage message, CancellationToken cancellationToken)
    {
        messages.Writer.TryWrite(message);
        return answer(message, cancellationToken);
    }

    public Task ProgressAsync(IReadOnlyList<TrialProgress> progress, CancellationToken cancellationToken)
    {
        FirstEpoch.TrySetResult(progress[0]);
        return Task.CompletedTask;
    }

    public static WorkerReply Reply(params Lease[] leases) => new(SweepStatus.Running, leases, []);

    public static WorkerReply Done() => new(SweepStatus.Finished, [], []);

    public Lease LeaseOf(int trial, int attempt = 1, int segment = 0, int fromEpoch = 0, int? toEpoch = null) => new()
    {
        Trial = trial,
        Attempt = attempt,
        Segment = segment,
        FromEpoch = fromEpoch,
        ToEpoch = toEpoch ?? Sweep.Spec.Epochs,
        Configuration = Configurations.Create(
            SamplerFactory.Create(Sweep.Spec).Suggest(trial, [])!, Sweep.Shape, Sweep.Spec.Epochs),
        Seed = Seeds.Trial(Sweep.Spec.Seed, trial, 0),
    };
}
