using ApproxCluster.Trainer;

namespace ApproxCluster.Bench.Trainer;

/// <summary>One workload: the trainer and its peers in turn.</summary>
internal sealed class Contest : IDisposable
{
    private const int Tries = 3;

    private readonly IRace ours;
    private readonly string? folder;
    private readonly Dictionary<PythonPeer, List<double>> peers;
    private readonly List<double> rates = [];
    private readonly List<double> reports = [];

    public Contest(string name, IRace ours, string? folder)
    {
        (Name, this.ours, this.folder) = (name, ours, folder);
        peers = folder is null ? [] : PythonPeer.For(name).ToDictionary(peer => peer, _ => new List<double>());
    }

    /// <summary>The workload.</summary>
    public string Name { get; }

    /// <summary>Our samples per second, the median of the rounds.</summary>
    public double Ours => Rounds.Median(rates);

    /// <summary>Our floating-point operations, those of the reports too, over the FMA peak of as many cores.</summary>
    public PeakShares Shares { get; } = new(HardwareCheck.VectorBits, Tries);

    /// <summary>Share of our time that the evaluations of the reports took, which the peers do not make.</summary>
    public double Reports => Rounds.Median(reports);

    /// <summary>The fastest way of training with PyTorch; null when there is none.</summary>
    public Rival? Best => Fastest(peer => peer.IsPyTorch);

    /// <summary>The fastest idiomatic one.</summary>
    public Rival? BestIdiomatic => Fastest(peer => peer.IsIdiomatic);

    /// <summary>The fastest without PyTorch: numpy by hand.</summary>
    public Rival? BestOther => Fastest(peer => !peer.IsPyTorch);

    /// <summary>A turn for everybody. A peer that fails once is out.</summary>
    public void Round()
    {
        Shares.Of(() =>
        {
            rates.Add(ours.Run(out var share));
            reports.Add(share);
            return rates[^1] * ours.FlopsPerSample / 1e9;
        });
        foreach (var (peer, theirs) in peers.ToList())
        {
            if (peer.Run(folder!) is { } rate)
            {
                theirs.Add(rate);
            }
            else
            {
                peers.Remove(peer);
            }
        }
    }

    /// <inheritdoc />
    public void Dispose() => ours.Dispose();

    private Rival? Fastest(Func<PythonPeer, bool> wanted) => peers
        .Where(pair => wanted(pair.Key))
        .Select(pair => new Rival(pair.Key.Name, Rounds.Median(pair.Value), Rounds.Median(rates.Zip(pair.Value, (mine, theirs) => mine / theirs))))
        .MaxBy(rival => rival.Rate);
}

/// <summary>A peer in a contest.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Rate">Its samples per second, the median of the rounds.</param>
/// <param name="Ratio">Ours over its, the median of the rounds' ratios.</param>
internal sealed record Rival(string Name, double Rate, double Ratio);
