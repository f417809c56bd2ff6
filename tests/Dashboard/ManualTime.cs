namespace ApproxCluster.Dashboard.Tests;

/// <summary>A clock that stands until it is told; timers fire on the thread that advances it.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<ManualTimer> timers = [];
    private DateTimeOffset now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => now;

    public override long GetTimestamp() => now.UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state), period) { Due = dueTime == Timeout.InfiniteTimeSpan ? null : now + dueTime };
        lock (gate)
        {
            timers.Add(timer);
        }

        return timer;
    }

    public void Advance(TimeSpan by)
    {
        var end = now + by;
        while (true)
        {
            ManualTimer? next;
            lock (gate)
            {
                next = timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
            }

            if (next is null)
            {
                now = end;
                return;
            }

            now = next.Due!.Value;
            next.Fire(now);
        }
    }

    private sealed class ManualTimer(ManualTime owner, Action fire, TimeSpan period) : ITimer
    {
        public DateTimeOffset? Due { get; set; }

        public void Fire(DateTimeOffset at)
        {
            Due = period > TimeSpan.Zero ? at + period : null;
            fire();
        }

        public bool Change(TimeSpan dueTime, TimeSpan changedPeriod)
        {
            Due = dueTime == Timeout.InfiniteTimeSpan ? null : owner.now + dueTime;
            return true;
        }

        public void Dispose()
        {
            lock (owner.gate)
            {
                owner.timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
