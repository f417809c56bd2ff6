using ApproxCluster.Search;
using ApproxCluster.Trainer;

namespace ApproxCluster.Engine.Tests;

public sealed class SlotWorkerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static SlotWorkerOptions Options => new() { Name = "test", Slots = 2, DataFolder = ".", Niceness = 0 };

    [Fact]
    public async Task Run_LeasedSegments_TellsEachResultOnce()
    {
        await using var store = await TemporaryStore.CreateAsync();
        List<SegmentResult> results = [];
        FakeChannel channel = null!;
        channel = new FakeChannel(Specs.Tiny, message =>
        {
            results.AddRange(message.Results);
            return results.Count == 3 ? FakeChannel.Done()
                : message.Active.Count == 0 && results.Count == 0 ? FakeChannel.Reply(channel.LeaseOf(0), channel.LeaseOf(1), channel.LeaseOf(2))
                : FakeChannel.Reply();
        });

        await using var worker = new SlotWorker(Options, store.Store, TimeProvider.System);
        await worker.RunAsync(channel, CancellationToken.None).WaitAsync(Patience);

        Assert.Equal([0, 1, 2], results.Select(result => result.Trial).Order());
        Assert.All(results, result => Assert.Equal(Specs.Tiny.Epochs, result.Epochs.Count));
        Assert.All(results, result => Assert.Equal(Specs.Tiny.Epochs, result.Seconds!.Count(seconds => seconds >= 0)));
    }

    [Fact]
    public async Task Run_ExchangeFails_KeepsResultsUntilAnswered()
    {
        await using var store = await TemporaryStore.CreateAsync();
        var failures = 0;
        FakeChannel channel = null!;
        channel = new FakeChannel(Specs.Tiny, message =>
        {
            if (message.Results.Count > 0)
            {
                Assert.Equal(0, Assert.Single(message.Results).Trial);
                return ++failures <= 3 ? throw new IOException("The line is cut.") : FakeChannel.Done();
            }

            return message.Active.Count == 0 ? FakeChannel.Reply(channel.LeaseOf(0)) : FakeChannel.Reply();
        });

        await using var worker = new SlotWorker(Options, store.Store, TimeProvider.System);
        await worker.RunAsync(channel, CancellationToken.None).WaitAsync(Patience);

        Assert.Equal(4, failures);
    }

    [Fact]
    public async Task Run_ExchangeFailsForGood_ThrowsItsFaultAfterTheLimit()
    {
        await using var store = await TemporaryStore.CreateAsync();
        var channel = new FakeChannel(Specs.Tiny, _ => throw new IOException("The line is cut."));

        await using var worker = new SlotWorker(Options with { GiveUpAfter = TimeSpan.FromMilliseconds(300) }, store.Store, TimeProvider.System);

        var fault = await Assert.ThrowsAsync<IOException>(() => worker.RunAsync(channel, CancellationToken.None).WaitAsync(Patience));
        Assert.Equal("The line is cut.", fault.Message);
    }

    [Fact]
    public async Task Run_AnotherCoordinatorTookOver_EndsAtOnce()
    {
        await using var store = await TemporaryStore.CreateAsync();
        var channel = new FakeChannel(Specs.Tiny, _ => throw new JournalConflictException("Taken."));

        await using var worker = new SlotWorker(Options, store.Store, TimeProvider.System);

        await Assert.ThrowsAsync<JournalConflictException>(() => worker.RunAsync(channel, CancellationToken.None).WaitAsync(Patience));
    }

    [Fact]
    public async Task Run_AttemptIsStopped_InterruptsItAndFreesItsSlot()
    {
        await using var store = await TemporaryStore.CreateAsync();
        FakeChannel channel = null!;
        channel = new FakeChannel(Specs.Endless, message => message.Active switch
        {
            [] when message.Results.Count == 0 && !channel.FirstEpoch.Task.IsCompleted => FakeChannel.Reply(channel.LeaseOf(0)),
            [] => FakeChannel.Done(),
            _ when channel.FirstEpoch.Task.IsCompleted => new WorkerReply(SweepStatus.Running, [], [new TrialAttempt(0, 1)]),
            _ => FakeChannel.Reply(),
        });

        await using var worker = new SlotWorker(Options with { Heartbeat = TimeSpan.FromMilliseconds(20) }, store.Store, TimeProvider.System);
        await worker.RunAsync(channel, CancellationToken.None).WaitAsync(Patience);

        await worker.DisposeAsync();
        Assert.Equal(0, worker.Slots.Busy);
    }

    [Fact]
    public async Task Dispose_WhileTraining_SavesCheckpointsAndGivesLeasesBack()
    {
        await using var store = await TemporaryStore.CreateAsync();
        await store.Store.CreateSweepAsync(
            new("fake-0000", "fake", SweepFile.Canonical(Specs.Endless), TimeProvider.System.GetUtcNow()), CancellationToken.None);
        FakeChannel channel = null!;
        channel = new FakeChannel(
            Specs.Endless, message => message is { Active: [], Returned: [] } ? FakeChannel.Reply(channel.LeaseOf(0)) : FakeChannel.Reply());
        var worker = new SlotWorker(Options, store.Store, TimeProvider.System);
        var run = worker.RunAsync(channel, CancellationToken.None);
        await channel.FirstEpoch.Task.WaitAsync(Patience);

        await worker.DisposeAsync();

        await run.WaitAsync(Patience);
        var last = (await channel.Messages.ReadAllAsync().Take(channel.Messages.Count).ToListAsync())[^1];
        Assert.Equal([new TrialAttempt(0, 1)], last.Returned);
        Assert.Empty(last.Active);
        var checkpoint = await store.Store.FindCheckpointAsync("fake-0000", 0, CancellationToken.None);
        Assert.True(checkpoint!.EpochsDone > 0);
    }

    [Fact]
    public async Task Run_CancelledWhileAQuestionIsUnanswered_GivesBackTheLeasesOfItsAnswer()
    {
        await using var store = await TemporaryStore.CreateAsync();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource<WorkerReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        var channel = new FakeChannel(Specs.Endless, (message, token) =>
        {
            asked.TrySetResult();
            return answer.Task.WaitAsync(token);
        });
        using var leave = new CancellationTokenSource();
        await using var worker = new SlotWorker(Options, store.Store, TimeProvider.System);
        var run = worker.RunAsync(channel, leave.Token);
        await asked.Task.WaitAsync(Patience);

        await leave.CancelAsync();
        answer.SetResult(FakeChannel.Reply(channel.LeaseOf(0)));

        await run.WaitAsync(Patience);
        var messages = await channel.Messages.ReadAllAsync().Take(channel.Messages.Count).ToListAsync();
        Assert.Equal([new TrialAttempt(0, 1)], messages[^1].Returned);
    }

    [Fact]
    public async Task Run_SegmentEndsWithMoreToCome_TellsTheRunAsHeldUntilStopped()
    {
        await using var store = await TemporaryStore.CreateAsync();
        await store.Store.CreateSweepAsync(
            new("fake-0000", "fake", SweepFile.Canonical(Specs.Tiny), TimeProvider.System.GetUtcNow()), CancellationToken.None);
        var held = false;
        FakeChannel channel = null!;
        channel = new FakeChannel(Specs.Tiny, message =>
        {
            held |= message.Active.Contains(new TrialAttempt(0, 1));
            return message.Results switch
            {
                [{ Segment: 0 }] => FakeChannel.Reply(channel.LeaseOf(0, segment: 1, fromEpoch: 2, toEpoch: 4)),
                [{ Segment: 1, Epochs: [{ Epoch: 3 }, { Epoch: 4 }] }] => FakeChannel.Done(),
                _ when message.Active.Count == 0 => FakeChannel.Reply(channel.LeaseOf(0, toEpoch: 2)),
                _ => FakeChannel.Reply(),
            };
        });

        await using var worker = new SlotWorker(Options, store.Store, TimeProvider.System);
        await worker.RunAsync(channel, CancellationToken.None).WaitAsync(Patience);

        Assert.True(held);
    }

    [Fact]
    public async Task Run_CancelledBeforeItBegins_EndsQuietly()
    {
        await using var store = await TemporaryStore.CreateAsync();
        var channel = new FakeChannel(Specs.Tiny, _ => FakeChannel.Reply());
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await using var worker = new SlotWorker(Options, store.Store, TimeProvider.System);
        await worker.RunAsync(channel, cancelled.Token).WaitAsync(Patience);
    }

    [Fact]
    public async Task Run_TargetHasOtherSizesHere_Refuses()
    {
        await using var store = await TemporaryStore.CreateAsync();
        var channel = new FakeChannel(Specs.Tiny, _ => FakeChannel.Done());
        var other = new FakeChannel(Specs.Tiny, _ => FakeChannel.Done()) { Sweep = channel.Sweep with { Shape = channel.Sweep.Shape with { TrainingSamples = 63 } } };

        await using var worker = new SlotWorker(Options, store.Store, TimeProvider.System);

        await Assert.ThrowsAsync<TargetException>(() => worker.RunAsync(other, CancellationToken.None).WaitAsync(Patience));
    }
}
