using System.Runtime.CompilerServices;
using ApproxCluster.Search;
using ApproxCluster.Trainer;

namespace ApproxCluster.Bench.Determinism;

/// <summary>What a simulated sweep took.</summary>
/// <param name="Idle">Share of the slots' time that they waited, from the first trial until the last one was created: the tail is every execution's.</param>
/// <param name="Makespan">Seconds until the last trial was created.</param>
internal sealed record Outcome(double Idle, double Makespan);

/// <summary>A coordinator and 16 workers of one slot each in simulated time; messages take none.</summary>
internal sealed class Simulation(Case simulated) : ISweepJournal
{
    private readonly PriorityQueue<(int Slot, Lease Lease), (double Time, int Order)> agenda = new();
    private readonly Lease?[] running = new Lease?[Case.Slots];
    private readonly double[] busy = new double[Case.Slots];
    private int order;

    /// <summary>Runs a case to its end.</summary>
    public static async Task<Outcome> RunAsync(Case simulated) => await new Simulation(simulated).RunAsync();

    /// <inheritdoc />
    public Task AppendAsync(long firstSequence, IReadOnlyList<SweepEvent> events, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public async IAsyncEnumerable<SweepEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        yield break;
    }

    private async Task<Outcome> RunAsync()
    {
        var spec = simulated.Spec;
        var coordinator = await SweepCoordinator.CreateAsync(Sizes.Parts(spec), spec, Case.Shape, this, default);
        var (now, last) = (0.0, 0.0);
        await OfferAsync(coordinator, now);
        while (agenda.TryDequeue(out var done, out var due))
        {
            now = due.Time;
            running[done.Slot] = null;
            await ExchangeAsync(coordinator, done.Slot, [Sizes.Train(done.Lease)], now);
            await OfferAsync(coordinator, now);
            if (coordinator.State.Trials.Count == Case.Trials)
            {
                last = now;
                break;
            }
        }

        // What still runs counts as far as it got.
        foreach (var (entry, due) in agenda.UnorderedItems)
        {
            busy[entry.Slot] -= due.Time - last;
        }

        return new(1 - busy.Sum() / (Case.Slots * last), last);
    }

    // Fast slots ask first, as they would by asking more often.
    private async Task OfferAsync(SweepCoordinator coordinator, double now)
    {
        for (var slot = Case.Slots - 1; slot >= 0; slot--)
        {
            if (running[slot] is null)
            {
                await ExchangeAsync(coordinator, slot, [], now);
            }
        }
    }

    private async Task ExchangeAsync(SweepCoordinator coordinator, int slot, IReadOnlyList<SegmentResult> results, double now)
    {
        var reply = await coordinator.ExchangeAsync(new($"slot {slot}", 1, [], results, []), DateTimeOffset.UnixEpoch.AddSeconds(now), default);
        foreach (var lease in reply.Leases)
        {
            var trial = coordinator.State.Trials[lease.Trial];
            var operations = (trial.FinishesAt - trial.StartsAt) / 1e6;
            var surprise = PortableMath.Exp(simulated.Surprise * Sizes.Normal(lease.Seed ^ 0x5DEECE66D, (ulong)lease.Segment));
            var time = operations / simulated.Speed(slot) * surprise;
            running[slot] = lease;
            busy[slot] += time;
            agenda.Enqueue((slot, lease), (now + time, order++));
        }
    }
}
