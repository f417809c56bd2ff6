using System.Threading.Channels;

namespace ApproxCluster.Engine;

/// <summary>Wakes one waiting loop; many wakes before it looks count as one. Wakers never run the loop's code on their own thread.</summary>
internal sealed class Signal
{
    private readonly Channel<bool> channel = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Lets the next or the present wait end.</summary>
    public void Set() => channel.Writer.TryWrite(true);

    /// <summary>Waits for a wake since the last wait.</summary>
    public async ValueTask WaitAsync(CancellationToken cancellationToken) => await channel.Reader.ReadAsync(cancellationToken);
}
