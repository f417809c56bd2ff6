using ApproxCluster.Trainer;

namespace ApproxCluster.Bench.Trainer;

/// <summary>One shape: our kernel and each peer's, in turn, on buffers of their own.</summary>
internal sealed unsafe class KernelContest : IDisposable
{
    private const double FlopsPerRound = 1e8;

    private readonly GemmPeers? peers;
    private readonly NativeBlock a;
    private readonly NativeBlock b;
    private readonly NativeBlock c;
    private readonly KernelProduct ours;
    private readonly List<double> ourRates = [];
    private readonly Dictionary<(int Index, string Name), List<double>> peerRates = [];

    public KernelContest(KernelShape shape, KernelSet kernels, GemmPeers? peers)
    {
        (Shape, this.peers, Shares) = (shape, peers, new(kernels.VectorBits, 1));
        ours = new KernelProduct(shape, kernels);
        var (m, n, k) = shape.Sizes;
        (a, b, c) = (KernelProduct.Fill((nint)m * k), KernelProduct.Fill((nint)n * k), new NativeBlock((nint)m * n));
        foreach (var peer in peers?.Peers ?? [])
        {
            if (peers!.Prepare(peer.Index, shape, a.Start, b.Start, c.Start))
            {
                peerRates[peer] = [];
            }
        }
    }

    /// <summary>What is measured.</summary>
    public KernelShape Shape { get; }

    /// <summary>Our GFLOP/s: the median of the rounds.</summary>
    public double Gigaflops => Rounds.Median(ourRates);

    /// <summary>Our shares of the FMA peak.</summary>
    public PeakShares Shares { get; }

    /// <summary>The fastest peer by median, and the median over rounds of our ratio to it; null when there is none.</summary>
    public (string Name, double Gigaflops, double Ratio)? BestPeer => peerRates.Count == 0
        ? null
        : peerRates.Select(pair => (pair.Key.Name, Rounds.Median(pair.Value), Rounds.Median(ourRates.Zip(pair.Value, (mine, theirs) => mine / theirs))))
            .MaxBy(pair => pair.Item2);

    /// <summary>One turn for everybody: a product to warm the caches, then some that count.</summary>
    public void Round()
    {
        ourRates.Add(Shares.Of(() => Rate(ours.Run)));
        foreach (var (peer, rates) in peerRates)
        {
            rates.Add(Rate(() => peers!.Multiply(peer.Index, Shape, a.Start, b.Start, c.Start)));
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        ours.Dispose();
        a.Dispose();
        b.Dispose();
        c.Dispose();
    }

    private double Rate(Action run)
    {
        run();
        var repeats = Math.Max(1, (int)(FlopsPerRound / Shape.Flops));
        var begin = ThreadClock.Seconds;
        for (var i = 0; i < repeats; i++)
        {
            run();
        }

        return Shape.Flops * repeats / (ThreadClock.Seconds - begin) / 1e9;
    }
}
