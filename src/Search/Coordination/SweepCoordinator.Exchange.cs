namespace ApproxCluster.Search;

public sealed partial class SweepCoordinator
{
    /// <summary>Takes a worker's news and answers with work.</summary>
    /// <exception cref="JournalConflictException">Another coordinator has taken over: load the sweep again and send the message to the new one.</exception>
    public async Task<WorkerReply> ExchangeAsync(WorkerMessage message, DateTimeOffset now, CancellationToken cancellationToken) =>
        (await ExchangeAllAsync([message], now, cancellationToken))[0];

    /// <summary>
    /// Takes the news of several messages, journals what follows from all of them in one append, and answers each, in their order. The canonical events are those of one call a message.
    /// </summary>
    /// <exception cref="JournalConflictException">Another coordinator has taken over: load the sweep again and send the messages to the new one.</exception>
    public async Task<IReadOnlyList<WorkerReply>> ExchangeAllAsync(
        IReadOnlyList<WorkerMessage> messages, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Dictionary<int, SegmentResult> arrivals = [];

        EnsureUsable();
        if (messages.FirstOrDefault(IsAhead) is { } ahead)
        {
            IsUsable = false;
            throw new JournalConflictException(
                $"Worker {ahead.Worker} has work that this coordinator never gave: another one has taken over. Load the sweep again.");
        }

        // Leases live on though the journal cannot be written: renewing them needs none.
        foreach (var message in messages)
        {
            Renew(message, now);
        }

        await RunAsync(
            () =>
            {
                foreach (var message in messages)
                {
                    Accept(message, arrivals);
                    TakeBack(message);
                }
            },
            cancellationToken,
            arrivals);
        return [.. messages.Select(message => new WorkerReply(state.Status, Grant(message, now), Stale(message)))];
    }

    // Writes what an earlier call could not, changes the state, decides as far as the results reach, and writes that.
    private async Task RunAsync(Action change, CancellationToken cancellationToken, Dictionary<int, SegmentResult>? arrivals = null)
    {
        EnsureUsable();
        await WriteAsync(cancellationToken);
        change();
        while (!Advance(arrivals ?? []))
        {
            await WriteAsync(cancellationToken);
        }

        await WriteAsync(cancellationToken);
    }

    private void EnsureUsable()
    {
        if (!IsUsable)
        {
            throw new InvalidOperationException("Another coordinator has written to the sweep's journal. Load the sweep again.");
        }
    }

    // Attempts, segments and trials are journaled before anybody hears of them, so a worker that knows a later one heard of it from a later coordinator. An
    // answer from here would refuse, and so lose, results that the other would take.
    private bool IsAhead(TrialAttempt attempt) =>
        attempt.Trial >= state.Trials.Count
        || (attempt.Trial >= 0 && state.Trials[attempt.Trial] is var trial && (attempt.Attempt > trial.Attempt || attempt.Segment > trial.Segment));

    private bool IsAhead(WorkerMessage message) =>
        message.Active.Concat(message.Returned).Any(IsAhead) || message.Results.Any(result => IsAhead(new TrialAttempt(result.Trial, result.Attempt, result.Segment)));

    // Whether everything has been decided; false after as much as one append should hold.
    private bool Advance(Dictionary<int, SegmentResult> arrivals)
    {
        while (state.Next(arrivals) is { } sweepEvent)
        {
            Emit(sweepEvent);
            if (unwritten.Count >= MostEventsAtOnce)
            {
                return false;
            }
        }

        foreach (var result in arrivals.Values.Where(state.Accepts).ToArray())
        {
            Emit(new ResultBuffered(result));
        }

        return true;
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        if (unwritten.Count == 0)
        {
            return;
        }

        try
        {
            await journal.AppendAsync(written, unwritten, cancellationToken);
        }
        catch (JournalConflictException)
        {
            IsUsable = false;
            throw;
        }

        written += unwritten.Count;
        unwritten = [];
    }

    private void EmitIf(SweepEvent? sweepEvent)
    {
        if (sweepEvent is not null)
        {
            Emit(sweepEvent);
        }
    }

    private void Emit(SweepEvent sweepEvent)
    {
        state.Apply(sweepEvent);
        unwritten.Add(sweepEvent);
        switch (sweepEvent)
        {
            case SegmentStarted it:
                book.Offer(it.Trial, it.FinishesAt);
                break;
            case SegmentFinished it:
                book.Settle(it.Trial);
                break;
            case ResultBuffered it:
                book.Settle(it.Result.Trial);
                break;
            case TrialEnded it:
                book.Forget(it.Trial);
                break;
            case TestScored it:
                book.Forget(it.Trial);
                break;
            case ScoringStarted:
                foreach (var (trial, key) in state.Awaited())
                {
                    book.Offer(trial.Number, key);
                }

                break;
        }
    }

    private void Lose(int number, string worker, string reason)
    {
        var trial = state.Trials[number];
        if (state.DecideLost(new(number, trial.Attempt), worker, reason) is { } lost)
        {
            Emit(lost);
            if (SweepState.IsQuarantined(trial))
            {
                book.Settle(number);
            }
            else
            {
                book.Release(number);
            }
        }
    }

    private void Accept(WorkerMessage message, Dictionary<int, SegmentResult> arrivals)
    {
        foreach (var result in message.Results)
        {
            if (state.Accepts(result) && arrivals.TryAdd(result.Trial, result))
            {
                book.Settle(result.Trial, message.Worker);
                if (result.Output is { } output)
                {
                    Emit(new OutputKept(result.Trial, output));
                }
            }
        }
    }

    private void TakeBack(WorkerMessage message)
    {
        foreach (var attempt in message.Returned)
        {
            if (Present(attempt) is { } trial && book.HoldOf(trial.Number)?.Worker == message.Worker)
            {
                state.SetWorker(trial, null);
                book.Release(trial.Number);
            }
        }
    }

    private void Renew(WorkerMessage message, DateTimeOffset now)
    {
        foreach (var attempt in message.Active)
        {
            if (Present(attempt) is not { } trial || !state.Awaits(trial) || SweepState.IsQuarantined(trial))
            {
                continue;
            }

            var trains = attempt.Segment == trial.Segment;
            var hold = book.HoldOf(trial.Number);
            if (hold is null && (trains || book.IsHeld(trial.Number)))
            {
                book.Grant(trial.Number, message.Worker, now + LeaseTime, trains);
                state.SetWorker(trial, message.Worker);
            }
            else if (hold?.Worker == message.Worker)
            {
                hold.Until = now + LeaseTime;
                hold.IsConfirmed |= trains;
            }
        }
    }

    private List<Lease> Grant(WorkerMessage message, DateTimeOffset now)
    {
        var leases = new List<Lease>();
        if (state.Status is SweepStatus.Paused || state.Status.IsFinal())
        {
            return leases;
        }

        // The answer that granted these was lost, or the worker has forgotten: it is told again.
        var active = message.Active.Select(attempt => attempt.Trial).ToHashSet();
        var missing = book.HeldBy(message.Worker).Where(trial => !book.HoldOf(trial)!.IsConfirmed).ToArray();
        leases.AddRange(missing.Where(trial => !active.Contains(trial)).Take(Math.Max(0, message.Free)).Select(LeaseOf));
        while (leases.Count < message.Free && book.Choose(message.Worker, state.Clock.Head) is { } number)
        {
            book.Grant(number, message.Worker, now + LeaseTime, confirmed: false);
            state.SetWorker(state.Trials[number], message.Worker);
            leases.Add(LeaseOf(number));
        }

        // The worker has the run and does not say whether it trains this segment; if it does, it ignores the lease.
        leases.AddRange(missing.Where(active.Contains).Take(Math.Max(0, message.Free - leases.Count)).Select(LeaseOf));
        leases.Sort((left, right) => Place(left).CompareTo(Place(right)));
        return leases;
    }

    private (long Finish, int Trial) Place(Lease lease) => (state.Trials[lease.Trial].FinishesAt, lease.Trial);

    private Lease LeaseOf(int number)
    {
        var trial = state.Trials[number];
        return new()
        {
            Trial = number,
            Attempt = trial.Attempt,
            Segment = trial.Segment,
            FromEpoch = trial.FromEpoch,
            ToEpoch = trial.ToEpoch,
            ScoreTest = trial.State.IsFinal(),
            Configuration = trial.Entry.Configuration,
            Parameters = state.Spec.Command is null ? null : trial.Parameters,
            Seed = trial.Seed,
        };
    }

    private List<TrialAttempt> Stale(WorkerMessage message)
    {
        var stale = new List<TrialAttempt>();
        foreach (var attempt in message.Active)
        {
            var wanted = Present(attempt) is { } trial
                && (trial.State.IsFinal() ? state.Awaits(trial) && book.HoldOf(trial.Number)?.Worker == message.Worker : !state.Status.IsFinal())
                && (book.HoldOf(trial.Number) is not { } hold || hold.Worker == message.Worker);
            if (!wanted)
            {
                stale.Add(new(attempt.Trial, attempt.Attempt));
            }
        }

        return stale;
    }

    private Trial? Present(TrialAttempt attempt) =>
        attempt.Trial >= 0 && attempt.Trial < state.Trials.Count && state.Trials[attempt.Trial] is var trial && trial.Attempt == attempt.Attempt
            ? trial
            : null;
}
