using System.Collections.Concurrent;
using ApproxCluster.Search;

namespace ApproxCluster.Engine;

/// <summary>
/// Group commit: messages that arrive while an append is under way wait for it together, and are then decided and appended together. One that arrives alone does not wait. Each
/// is answered after the append that holds what follows from it. Safe for concurrent use.
/// </summary>
/// <param name="turn">Taken while messages are handled: whoever else changes the sweep takes it too.</param>
/// <param name="exchange">Handles messages and answers each, in their order. Called by one at a time, with the turn.</param>
public sealed class ExchangeGroup(SemaphoreSlim turn, Func<IReadOnlyList<WorkerMessage>, Task<IReadOnlyList<WorkerReply>>> exchange)
{
    private readonly ConcurrentQueue<Waiting> queue = new();
    private int waiting;

    /// <summary>
    /// Has a message handled. A message that was taken up is handled to its end, whoever stops waiting: half of it would be journaled and not answered. One that was not is taken back when
    /// <paramref name="cancellationToken"/> is cancelled. What fails fails for all messages that were handled together; each may be sent again.
    /// </summary>
    public async Task<WorkerReply> ExchangeAsync(WorkerMessage message, CancellationToken cancellationToken)
    {
        var mine = new Waiting(message);
        await using var withdrawal = cancellationToken.Register(() => mine.Withdraw(cancellationToken));
        queue.Enqueue(mine);
        if (Interlocked.Increment(ref waiting) == 1)
        {
            _ = HandleAllAsync();
        }

        return await mine.Reply;
    }

    // Whoever finds nobody at it, does it until none waits. Never fails: what goes wrong is told to those who wait.
    private async Task HandleAllAsync()
    {
        int taken;
        do
        {
            taken = await HandleWaitingAsync();

            // Workers that were just answered may have news at once: they come along with the next append instead of the one after it.
            await Task.Yield();
        }
        while (Interlocked.Add(ref waiting, -taken) > 0);
    }

    private async Task<int> HandleWaitingAsync()
    {
        List<Waiting> group = [];
        var (taken, hasTurn) = (0, false);
        IReadOnlyList<WorkerReply> replies = [];
        Exception? fault = null;
        try
        {
            await turn.WaitAsync();
            hasTurn = true;
            taken = Take(group);
            replies = group.Count == 0 ? [] : await exchange([.. group.Select(one => one.Message)]);
        }
        catch (Exception error)
        {
            // Without a turn there will be none for those that wait either.
            taken += hasTurn ? 0 : Take(group);
            fault = error;
        }
        finally
        {
            if (hasTurn)
            {
                turn.Release();
            }
        }

        // Whoever is answered finds the turn free.
        for (var index = 0; index < group.Count; index++)
        {
            if (fault is null)
            {
                group[index].Answer(replies[index]);
            }
            else
            {
                group[index].Fail(fault);
            }
        }

        return taken;
    }

    private int Take(List<Waiting> group)
    {
        var taken = 0;
        while (queue.TryDequeue(out var next))
        {
            taken++;
            if (next.Take())
            {
                group.Add(next);
            }
        }

        return taken;
    }

    private sealed class Waiting(WorkerMessage message)
    {
        private readonly TaskCompletionSource<WorkerReply> reply = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int isClaimed;

        public WorkerMessage Message => message;

        public Task<WorkerReply> Reply => reply.Task;

        /// <summary>Claims it for handling; false when it was taken back.</summary>
        public bool Take() => Interlocked.Exchange(ref isClaimed, 1) == 0;

        public void Withdraw(CancellationToken cancellationToken)
        {
            if (Take())
            {
                reply.TrySetCanceled(cancellationToken);
            }
        }

        public void Answer(WorkerReply answer) => reply.TrySetResult(answer);

        public void Fail(Exception error) => reply.TrySetException(error);
    }
}
