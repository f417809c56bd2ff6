using System.Collections.Concurrent;
using ApproxCluster.Search;
using ApproxCluster.Trainer;

namespace ApproxCluster.Engine;

/// <summary>One worker's part in one sweep: the loop that tells results and takes leases. Results are kept until a message with them was answered.</summary>
internal sealed class SweepSession : IAsyncDisposable
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(10);

    private readonly ISweepChannel channel;
    private readonly ITrialTrainer trainer;
    private readonly TrainingSlots slots;
    private readonly SlotPlan plan;
    private readonly SlotWorkerOptions options;
    private readonly TimeProvider time;
    private readonly Signal signal = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<SegmentResult> arrived = new();
    private readonly ConcurrentQueue<TrialAttempt> interrupted = new();
    private readonly List<SegmentResult> untold = [];

    // Wall times, by epoch, of what a segment has trained here so far: for the thread of the slot that trains it.
    private readonly ConcurrentDictionary<TrialAttempt, Dictionary<int, double>> trained = new();

    // Owned by the loop: trials that train or queue, and those whose run the slots keep in memory for a next segment (trial to attempt).
    private readonly Dictionary<int, Active> active = [];
    private readonly Dictionary<int, int> held = [];
    private readonly ProgressBuffer progress;
    private bool isOver;

    public SweepSession(ISweepChannel channel, ITrialTrainer trainer, TrainingSlots slots, SlotPlan plan, SlotWorkerOptions options, TimeProvider time)
    {
        this.channel = channel;
        this.trainer = trainer;
        this.slots = slots;
        this.plan = plan;
        this.options = options;
        this.time = time;
        progress = new ProgressBuffer(channel, options.ProgressInterval, time);
    }

    /// <summary>The sweep.</summary>
    public SweepInfo Sweep => channel.Sweep;

    /// <summary>Ends when this is disposed, never with an error.</summary>
    public Task Ended => ended.Task;

    /// <summary>Takes part until the sweep's status is final or <paramref name="leave"/> is cancelled; then gives everything back, which may take <see cref="Farewell"/>.</summary>
    public async Task RunAsync(CancellationToken leave)
    {
        using var patience = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var leaving = leave.Register(() => patience.CancelAfter(Farewell));
        try
        {
            if (await ExchangeUntilFinalAsync(leave, patience.Token) is { } status && status.IsFinal())
            {
                DropAll(saveCheckpoints: false);
                isOver = true;
            }
            else
            {
                await GiveBackAsync(patience.Token);
            }
        }
        catch
        {
            DropAll(saveCheckpoints: true);
            throw;
        }
    }

    /// <summary>Tells the last epochs and lets go of the slots.</summary>
    public async ValueTask DisposeAsync()
    {
        await progress.DisposeAsync();
        plan.Release(active.Count);
        active.Clear();
        await trainer.DisposeAsync();
        if (isOver)
        {
            trainer.SweepOver();
        }

        ended.TrySetResult();
    }

    /// <summary>On a slot's thread: an epoch ended.</summary>
    public void EpochDone(TrialProgress report)
    {
        trained.GetOrAdd(new TrialAttempt(report.Trial, report.Attempt), _ => [])[report.Report.Epoch] = report.Seconds;
        progress.Add(report);
    }

    /// <summary>On a slot's thread: a segment ended.</summary>
    public void SegmentDone(SegmentOutcome outcome)
    {
        var request = outcome.Request;
        var test = outcome.Test is { } score ? new TestScore(score.Loss, score.Metric) : null;
        arrived.Enqueue(new SegmentResult(
            request.Trial, request.Attempt, request.Segment, outcome.Epochs, outcome.Diverged, outcome.Error, test)
        {
            End = outcome.End,
            Output = outcome.Output,
            Seconds = SecondsOf(outcome),
        });
        signal.Set();
    }

    /// <summary>On a slot's thread: a segment was interrupted; its checkpoint is saved.</summary>
    public void SegmentInterrupted(SegmentRequest request)
    {
        var attempt = new TrialAttempt(request.Trial, request.Attempt);
        trained.TryRemove(attempt, out _);
        interrupted.Enqueue(attempt);
        signal.Set();
    }

    // With them an epoch is stored once: told after the result, it says nothing new. Those of an earlier run, from its checkpoint, were told then.
    private double?[]? SecondsOf(SegmentOutcome outcome) =>
        trained.TryRemove(new TrialAttempt(outcome.Request.Trial, outcome.Request.Attempt), out var seconds)
            ? [.. outcome.Epochs.Select(report => seconds.TryGetValue(report.Epoch, out var known) ? known : (double?)null)]
            : null;

    // Whoever leaves waits for the answer to the last question: leases in it that nobody heard of could not be given back.
    private async Task<SweepStatus?> ExchangeUntilFinalAsync(CancellationToken leave, CancellationToken patience)
    {
        var retry = FirstRetry;
        long? failingSince = null;
        while (!leave.IsCancellationRequested)
        {
            TakeArrivals();
            var free = plan.Claim();
            WorkerReply reply;
            try
            {
                reply = await channel.ExchangeAsync(Message(free), patience);
            }
            catch (OperationCanceledException) when (patience.IsCancellationRequested)
            {
                plan.Release(free);
                return null;
            }
            catch (Exception exception) when (exception is not JournalConflictException)
            {
                plan.Release(free);
                failingSince ??= time.GetTimestamp();
                if (options.GiveUpAfter is { } limit && time.GetElapsedTime(failingSince.Value) >= limit)
                {
                    throw;
                }

                await WaitAsync(retry, leave, ignoreSignal: true);
                retry = retry * 2 < LastRetry ? retry * 2 : LastRetry;
                continue;
            }

            failingSince = null;
            retry = FirstRetry;
            untold.Clear();
            if (reply.Status.IsFinal())
            {
                plan.Release(free);
                return reply.Status;
            }

            plan.Release(free - reply.Leases.Count);
            Stop(reply.Stop);
            Start(reply.Leases);
            if (arrived.IsEmpty)
            {
                await WaitAsync(reply.Leases.Count < free ? options.IdlePoll : options.Heartbeat, leave);
            }
        }

        return null;
    }

    private WorkerMessage Message(int free)
    {
        var attempts = new List<TrialAttempt>(active.Count + held.Count);
        attempts.AddRange(active.Select(entry => new TrialAttempt(entry.Key, entry.Value.Attempt, entry.Value.Segment)));
        attempts.AddRange(held.Select(entry => new TrialAttempt(entry.Key, entry.Value)));
        return new(options.Name, free, attempts, [.. untold], []);
    }

    private void TakeArrivals()
    {
        while (arrived.TryDequeue(out var result))
        {
            if (!active.TryGetValue(result.Trial, out var entry) || entry.Attempt != result.Attempt || entry.Segment != result.Segment)
            {
                continue;
            }

            active.Remove(result.Trial);
            plan.Ended(time.GetElapsedTime(entry.Since).TotalSeconds);
            plan.Release(1);
            untold.Add(result);
            if (!result.Diverged && result.Error is null && result.Test is null && result.End == EarlyEnd.None)
            {
                held[result.Trial] = result.Attempt;
            }
        }
    }

    private void Start(IReadOnlyList<Lease> leases)
    {
        foreach (var lease in leases)
        {
            if (active.TryGetValue(lease.Trial, out var present))
            {
                plan.Release(1);
                if (present.Attempt >= lease.Attempt)
                {
                    continue;
                }
            }

            held.Remove(lease.Trial);
            active[lease.Trial] = new Active(lease.Attempt, lease.Segment, time.GetTimestamp());
            slots.Enqueue(trainer.SegmentOf(lease));
        }
    }

    private void Stop(IReadOnlyList<TrialAttempt> attempts)
    {
        foreach (var attempt in attempts)
        {
            if (active.TryGetValue(attempt.Trial, out var entry))
            {
                if (entry.Attempt == attempt.Attempt)
                {
                    active.Remove(attempt.Trial);
                    plan.Release(1);
                    Cancel(attempt.Trial, saveCheckpoint: false);
                }
            }
            else if (held.TryGetValue(attempt.Trial, out var kept) && kept == attempt.Attempt)
            {
                held.Remove(attempt.Trial);
                trainer.Forget(attempt.Trial, isOver: true);
            }
        }
    }

    private void DropAll(bool saveCheckpoints)
    {
        foreach (var trial in active.Keys)
        {
            Cancel(trial, saveCheckpoints);
        }

        foreach (var trial in held.Keys)
        {
            trainer.Forget(trial, isOver: !saveCheckpoints);
        }
    }

    private void Cancel(int trial, bool saveCheckpoint)
    {
        slots.Cancel(channel.Sweep.Id, trial, saveCheckpoint);
        trainer.Forget(trial, isOver: !saveCheckpoint);
    }

    /// <summary>Interrupts what runs, waits until it has come to rest with its checkpoint saved, and tells the coordinator in one last message.</summary>
    private async Task GiveBackAsync(CancellationToken patience)
    {
        DropAll(saveCheckpoints: true);
        var atRest = new HashSet<(int Trial, int Attempt)>();
        while (true)
        {
            TakeArrivals();
            while (interrupted.TryDequeue(out var attempt))
            {
                atRest.Add((attempt.Trial, attempt.Attempt));
            }

            if (active.All(entry => atRest.Contains((entry.Key, entry.Value.Attempt))) || !await WaitAsync(options.Heartbeat, patience))
            {
                break;
            }
        }

        try
        {
            var returned = active.Select(entry => new TrialAttempt(entry.Key, entry.Value.Attempt));
            var message = new WorkerMessage(options.Name, 0, [], [.. untold], [.. returned]);
            await channel.ExchangeAsync(message, patience);
        }
        catch (Exception exception) when (exception is not JournalConflictException)
        {
            // The leases run out by themselves, and results not told are trained again from their checkpoints.
            options.Warn($"The leases could not be given back: {exception.Message}");
        }
    }

    /// <summary>Waits for news or for the time; false when cancelled.</summary>
    private async Task<bool> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken, bool ignoreSignal = false)
    {
        try
        {
            if (ignoreSignal)
            {
                await Task.Delay(atMost, time, cancellationToken);
                return true;
            }

            using var timer = time.CreateTimer(static state => ((Signal)state!).Set(), signal, atMost, Timeout.InfiniteTimeSpan);
            await signal.WaitAsync(cancellationToken);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private readonly record struct Active(int Attempt, int Segment, long Since);
}
