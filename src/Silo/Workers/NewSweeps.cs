using System.Threading.Channels;

namespace ApproxCluster.Silo.Workers;

/// <summary>Tells this silo's worker that there is a new sweep, so that it need not wait for its next look at the store.</summary>
internal sealed class NewSweeps
{
    private readonly Channel<bool> news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>There is one.</summary>
    public void Announce() => news.Writer.TryWrite(true);

    /// <summary>Waits for an announcement, or for so long.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await news.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // None came: time to look anyway.
        }
    }
}
