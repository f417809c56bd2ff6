using ApproxCluster.Contracts;
using ApproxCluster.Engine;
using ApproxCluster.Search;
using ApproxCluster.Storage;

namespace ApproxCluster.Silo.Grains;

/// <summary>How the grain drives its coordinator: one change at a time, a tick every few seconds, a reminder while the sweep is unfinished.</summary>
internal sealed partial class SweepGrain
{
    private const string ReminderName = "sweep";
    private static readonly TimeSpan TickPeriod = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);

    // Exchanges interleave, so that those that wait can be handled together; the coordinator still gets one call at a time.
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly HashSet<string> spoken = new(StringComparer.Ordinal);
    private ExchangeGroup? group;
    private IGrainTimer? ticks;

    /// <summary>Waking up is all that a reminder is for; one of a sweep that has ended or is gone is taken back.</summary>
    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (coordinator is null || coordinator.State.Status.IsFinal())
        {
            await ForgetReminderAsync();
        }
    }

    private async Task TakeAsync(SweepCoordinator taken)
    {
        coordinator = taken;
        await KeepAwakeAsync();
        Decided(taken.State);
    }

    private async Task KeepAwakeAsync()
    {
        if (!State.Status.IsFinal() && ticks is null)
        {
            await this.RegisterOrUpdateReminder(ReminderName, ReminderPeriod, ReminderPeriod);
            ticks = this.RegisterGrainTimer(
                _ => CoordinateAsync((coordinator, now) => coordinator.TickAsync(now, CancellationToken.None)),
                new GrainTimerCreationOptions(TickPeriod, TickPeriod) { KeepAlive = true });
        }
    }

    private async Task<IReadOnlyList<WorkerReply>> ExchangeAllAsync(IReadOnlyList<WorkerMessage> messages) =>
        await HandleAsync(async (coordinator, now) =>
        {
            var replies = await coordinator.ExchangeAllAsync(messages, now, CancellationToken.None);
            foreach (var message in messages)
            {
                if (coordinator.AwaitsClaims && HaveAllSpoken(message.Worker))
                {
                    await coordinator.CloseClaimsAsync(CancellationToken.None);
                }
            }

            return replies;
        });

    private Task<bool> CoordinateAsync(Func<SweepCoordinator, DateTimeOffset, Task> action) => CoordinateAsync(async (coordinator, now) =>
    {
        await action(coordinator, now);
        return true;
    });

    private async Task<T> CoordinateAsync<T>(Func<SweepCoordinator, DateTimeOffset, Task<T>> action)
    {
        await turn.WaitAsync();
        try
        {
            return await HandleAsync(action);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>One change at a time, by whoever has the turn. Once begun it ends, whoever has stopped waiting: half of it would be journaled and not answered.</summary>
    private async Task<T> HandleAsync<T>(Func<SweepCoordinator, DateTimeOffset, Task<T>> action)
    {
        var state = State;
        try
        {
            var answer = await action(coordinator!, time.GetUtcNow());
            Decided(state);
            if (state.Status.IsFinal() && ticks is not null)
            {
                ticks.Dispose();
                ticks = null;
                LogEnded(Id, state.Status, state.Digest);
                await ForgetReminderAsync();
            }

            return answer;
        }
        catch (Exception exception)
        {
            throw Unavailable(exception);
        }
    }

    private async Task<SweepView> ChangeAsync(Func<SweepCoordinator, DateTimeOffset, Task> action)
    {
        await CoordinateAsync(action);
        return SweepViews.Of(Id, State, newest);
    }

    // After a restart of the coordinator: once the worker of every silo has said what it has, the rest is nobody's.
    private bool HaveAllSpoken(string worker)
    {
        spoken.Add(worker);
        return membership.CurrentSnapshot.Members.Values
            .Where(member => member.Status == SiloStatus.Active)
            .All(member => spoken.Contains(member.SiloAddress.ToParsableString()));
    }

    private void Decided(SweepState state) => metrics.Decided(new SweepInfo(Id, state.Spec, state.Shape), state);

    private async Task ForgetReminderAsync()
    {
        if (await this.GetReminder(ReminderName) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
        }
    }

    /// <summary>
    /// A coordinator whose journal cannot be written keeps what it has decided and writes it first when it is called again. After anything else, a
    /// conflict before all, the next activation starts from the journal.
    /// </summary>
    private SweepUnavailableException Unavailable(Exception exception)
    {
        if (exception is StorageException)
        {
            LogNotWritten(Id, exception);
        }
        else
        {
            LogSteppedDown(Id, exception);
            DeactivateOnIdle();
        }

        return new SweepUnavailableException($"Sweep {Id}: {exception.Message}");
    }
}
