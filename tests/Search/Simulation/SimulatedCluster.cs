using ApproxCluster.Trainer;

namespace ApproxCluster.Search.Tests;

/// <summary>What goes wrong in a simulation, as chances.</summary>
internal sealed record Trouble
{
    public double LostMessages { get; init; }

    public double DoubledMessages { get; init; }

    public double CoordinatorCrashes { get; init; }

    public double JournalFaults { get; init; }

    public double Drains { get; init; }

    /// <summary>Workers that die, or fall silent for a while; few enough that no trial is lost too often.</summary>
    public int LostWorkers { get; init; }

    public bool NamesSegments { get; init; } = true;
}

/// <summary>
/// A cluster in simulated time: workers of different speeds, messages that are late, lost and doubled, a journal that fails, coordinators and workers that die.
/// A function of its seed.
/// </summary>
internal sealed class SimulatedCluster
{
    private readonly PriorityQueue<Func<Task>, (double Time, int Order)> agenda = new();
    private readonly List<SimulatedWorker> workers = [];
    private readonly SweepParts parts;
    private readonly SweepSpec spec;
    private readonly Trouble trouble;
    private readonly Func<Lease, SegmentResult> train;
    private Philox chance;
    private double now;
    private int order;
    private int names;
    private int losses;
    private SweepCoordinator? coordinator;
    private SweepCoordinator? zombie;

    public SimulatedCluster(SweepSpec spec, int workers, ulong seed, Trouble trouble, SweepParts? parts = null, Func<Lease, SegmentResult>? train = null)
    {
        this.spec = spec;
        this.trouble = trouble;
        this.train = train ?? FakeTrainer.Run;
        this.parts = parts ?? FakeSweep.Parts(spec);
        chance = new(seed, 77);
        for (var index = 0; index < workers; index++)
        {
            Hire();
        }
    }

    public MemoryJournal Journal { get; } = new();

    public LeaseChecker Checker { get; } = new();

    /// <summary>Runs the sweep to its end and gives its digest.</summary>
    public async Task<string> RunAsync()
    {
        coordinator = await SweepCoordinator.CreateAsync(parts, spec, FakeSweep.Shape, Journal, default);
        Journal.Fault = _ => !Happens(trouble.JournalFaults) ? JournalFault.None : Happens(0.5) ? JournalFault.Before : JournalFault.After;
        At(5, TickAsync);
        while (coordinator is null || !coordinator.State.Status.IsFinal())
        {
            Assert.True(agenda.TryDequeue(out var action, out var due) && order < 400_000, $"the sweep hangs at {now} s: {coordinator?.State.Progress}");
            now = due.Time;
            await action();
        }

        // The last append may have failed: another coordinator ends the sweep from what was written.
        Journal.Fault = _ => JournalFault.None;
        var last = await SweepCoordinator.LoadAsync(parts, Journal, false, Clock, default);
        for (var round = 0; round < 100 && !last.State.Status.IsFinal(); round++)
        {
            var reply = await last.ExchangeAsync(new("last", 4, [], [], []), Clock, default);
            await last.ExchangeAsync(new("last", 0, [], [.. reply.Leases.Select(train)], []), Clock, default);
        }

        return last.State.Digest;
    }

    private DateTimeOffset Clock => DateTimeOffset.UnixEpoch.AddSeconds(now);

    private bool Happens(double share) => chance.NextDouble() < share;

    private void At(double delay, Func<Task> action) => agenda.Enqueue(action, (now + delay, order++));

    private void Hire()
    {
        var worker = new SimulatedWorker(
            $"w{names++}", 1 + (int)chance.NextBelow(3), 0.5 + 3 * chance.NextDouble(), trouble.NamesSegments, train);
        workers.Add(worker);
        At(chance.NextDouble(), () => Beat(worker));
    }

    private Task Beat(SimulatedWorker worker)
    {
        if (!worker.IsDead)
        {
            Send(worker);
            At(2, () => Beat(worker));
        }

        return Task.CompletedTask;
    }

    private void Send(SimulatedWorker worker)
    {
        if (worker.Waits || worker.IsDead)
        {
            return;
        }

        var drain = Happens(trouble.Drains);
        var message = worker.Compose(drain);
        var number = ++worker.Message;
        worker.Waits = true;
        if (!Happens(trouble.LostMessages))
        {
            At(0.1 * chance.NextDouble(), () => DeliverAsync(worker, message, number));
        }

        if (Happens(trouble.DoubledMessages))
        {
            At(8 * chance.NextDouble(), () => DeliverAsync(worker, message, number));
        }

        // No answer: it asks again.
        At(4, () =>
        {
            worker.Waits = worker.Waits && worker.Message != number;
            return Task.CompletedTask;
        });
    }

    private async Task DeliverAsync(SimulatedWorker worker, WorkerMessage message, int number)
    {
        var to = zombie is not null && Happens(0.3) ? zombie : coordinator;
        if (to is null || (worker.IsDead && Happens(0.5)))
        {
            return;
        }

        WorkerReply reply;
        try
        {
            reply = await to.ExchangeAsync(message, Clock, default);
        }
        catch (Exception fault) when (fault is IOException or JournalConflictException or InvalidOperationException)
        {
            Retire(to);
            return;
        }

        Checker.Check(message, reply, to.State);
        if (!Happens(trouble.LostMessages))
        {
            At(0.1 * chance.NextDouble(), () => AnswerAsync(worker, message, number, reply));
        }

        if (to == coordinator && Happens(trouble.CoordinatorCrashes))
        {
            zombie = coordinator;
            Retire(coordinator, always: true);
        }

        if (losses < trouble.LostWorkers && Happens(0.01))
        {
            losses++;
            await LoseAsync(workers[(int)chance.NextBelow((uint)workers.Count)]);
        }
    }

    private Task AnswerAsync(SimulatedWorker worker, WorkerMessage message, int number, WorkerReply reply)
    {
        if (worker.IsDead || worker.Message != number || !worker.Waits)
        {
            return Task.CompletedTask;
        }

        worker.Waits = false;
        foreach (var (lease, time) in worker.Take(message, reply))
        {
            At(time, () =>
            {
                if (!worker.IsDead && worker.Runs(lease))
                {
                    worker.Finish(lease);
                    Send(worker);
                }

                return Task.CompletedTask;
            });
        }

        return Task.CompletedTask;
    }

    private async Task LoseAsync(SimulatedWorker worker)
    {
        worker.IsDead = true;
        workers.Remove(worker);
        Hire();
        if (coordinator is { } told && Happens(0.5))
        {
            try
            {
                await told.WorkerLostAsync(worker.Name, Clock, default);
            }
            catch (Exception fault) when (fault is IOException or JournalConflictException or InvalidOperationException)
            {
                Retire(told);
            }
        }
    }

    private async Task TickAsync()
    {
        At(5, TickAsync);
        if (coordinator is { } told)
        {
            try
            {
                await told.TickAsync(Clock, default);
            }
            catch (Exception fault) when (fault is IOException or JournalConflictException or InvalidOperationException)
            {
                Retire(told);
            }
        }
    }

    // A coordinator whose journal failed goes on or is replaced; one that lost its journal is replaced.
    private void Retire(SweepCoordinator fallen, bool always = false)
    {
        if (fallen == zombie && fallen != coordinator)
        {
            zombie = null;
        }
        else if (fallen == coordinator && (always || !fallen.IsUsable || Happens(0.5)))
        {
            coordinator = null;
            At(1 + 10 * chance.NextDouble(), async () => coordinator = await SweepCoordinator.LoadAsync(parts, Journal, true, Clock, default));
        }
    }
}
