namespace ApproxCluster.Engine;

/// <summary>Gathers epochs from the slots' threads and tells them in batches at an interval. A batch that cannot be told is dropped: the journal has them too.</summary>
internal sealed class ProgressBuffer : IAsyncDisposable
{
    private readonly ISweepChannel channel;
    private readonly TimeProvider time;
    private readonly TimeSpan interval;
    private readonly CancellationTokenSource stopping = new();
    private readonly Signal signal = new();
    private readonly Task loop;
    private readonly Lock gate = new();
    private List<TrialProgress> waiting = [];

    public ProgressBuffer(ISweepChannel channel, TimeSpan interval, TimeProvider time)
    {
        this.channel = channel;
        this.interval = interval;
        this.time = time;
        loop = Task.Run(LoopAsync);
    }

    /// <summary>Adds an epoch; quick.</summary>
    public void Add(TrialProgress progress)
    {
        bool first;
        lock (gate)
        {
            waiting.Add(progress);
            first = waiting.Count == 1;
        }

        if (first)
        {
            signal.Set();
        }
    }

    /// <summary>Tells what is left.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await loop;
        await TellAsync();
        stopping.Dispose();
    }

    private async Task LoopAsync()
    {
        try
        {
            while (true)
            {
                await signal.WaitAsync(stopping.Token);
                await Task.Delay(interval, time, stopping.Token);
                await TellAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    private async Task TellAsync()
    {
        List<TrialProgress> batch;
        lock (gate)
        {
            batch = waiting;
            waiting = [];
        }

        if (batch.Count == 0)
        {
            return;
        }

        try
        {
            await channel.ProgressAsync(batch, CancellationToken.None);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Live figures only; whatever ails the channel shows in the exchanges.
        }
    }
}
