using ApproxCluster.Search;

namespace ApproxCluster.Engine.Tests;

public sealed class ExchangeGroupTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly Queue<TaskCompletionSource> gates = new();
    private readonly List<string> handled = [];

    public void Dispose() => turn.Dispose();

    [Fact]
    public async Task Exchange_SeveralWhileOneIsHandled_AreHandledTogetherNext()
    {
        var (first, second) = (Gate(), Gate());
        var group = new ExchangeGroup(turn, HandleAsync);

        var exchanges = Names("a", "b", "c", "d").Select(message => group.ExchangeAsync(message, CancellationToken.None)).ToArray();
        first.SetResult();
        await exchanges[0].WaitAsync(Patience);
        Assert.DoesNotContain(exchanges[1..], exchange => exchange.IsCompleted);
        second.SetResult();
        await Task.WhenAll(exchanges).WaitAsync(Patience);

        Assert.Equal(["a", "b c d"], handled);
        Assert.Equal([1, 1, 2, 3], exchanges.Select(exchange => exchange.Result.Stop.Count));
    }

    [Fact]
    public async Task Exchange_CancelledWhileItWaits_IsNeverHandled()
    {
        var first = Gate();
        using var leave = new CancellationTokenSource();
        var group = new ExchangeGroup(turn, HandleAsync);

        var exchanges = Names("a", "b", "c").Select(message => group.ExchangeAsync(message, message.Worker == "b" ? leave.Token : CancellationToken.None)).ToArray();
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => exchanges[1].WaitAsync(Patience));
        first.SetResult();
        await Task.WhenAll(exchanges[0], exchanges[2]).WaitAsync(Patience);

        Assert.Equal(["a", "c"], handled);
    }

    [Fact]
    public async Task Exchange_CancelledWhileItIsHandled_IsAnswered()
    {
        var first = Gate();
        using var leave = new CancellationTokenSource();
        var group = new ExchangeGroup(turn, HandleAsync);

        var exchange = group.ExchangeAsync(Names("a")[0], leave.Token);
        await leave.CancelAsync();
        first.SetResult();

        Assert.Single((await exchange.WaitAsync(Patience)).Stop);
    }

    [Fact]
    public async Task Exchange_HandlingFails_FailsForThoseHandledAndGoesOnWithTheNext()
    {
        var (first, second) = (Gate(), Gate());
        var group = new ExchangeGroup(turn, HandleAsync);

        var exchanges = Names("a", "b", "c").Select(message => group.ExchangeAsync(message, CancellationToken.None)).ToArray();
        first.SetException(new IOException("full"));
        second.SetResult();

        await Assert.ThrowsAsync<IOException>(() => exchanges[0].WaitAsync(Patience));
        await Task.WhenAll(exchanges[1..]).WaitAsync(Patience);
        Assert.Equal(["a", "b c"], handled);
    }

    [Fact]
    public async Task Exchange_SomebodyElseHasTheTurn_Waits()
    {
        var group = new ExchangeGroup(turn, HandleAsync);
        await turn.WaitAsync(CancellationToken.None);

        var exchanges = Names("a", "b").Select(message => group.ExchangeAsync(message, CancellationToken.None)).ToArray();
        Assert.Empty(handled);
        turn.Release();
        await Task.WhenAll(exchanges).WaitAsync(Patience);

        Assert.Equal(["a b"], handled);
        Assert.Equal(1, turn.CurrentCount);
    }

    private static WorkerMessage[] Names(params string[] names) => [.. names.Select(name => new WorkerMessage(name, 0, [], [], []))];

    private TaskCompletionSource Gate()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        gates.Enqueue(gate);
        return gate;
    }

    // Answers the message at place n with n + 1 attempts to stop, so that no answer can be mistaken for another's.
    private async Task<IReadOnlyList<WorkerReply>> HandleAsync(IReadOnlyList<WorkerMessage> messages)
    {
        handled.Add(string.Join(' ', messages.Select(message => message.Worker)));
        if (gates.TryDequeue(out var gate))
        {
            await gate.Task;
        }

        return [.. messages.Select((_, place) => new WorkerReply(SweepStatus.Running, [], [.. Enumerable.Range(0, place + 1).Select(trial => new TrialAttempt(trial, 1))]))];
    }
}
