namespace ApproxCluster.Bench.Trainer;

/// <summary>Shares of the FMA peak over rounds. The peak is measured right before and after in each, as a shared host's clock moves, and so is whether the core was this thread's alone.</summary>
/// <param name="bits">Bits of the peak's vectors.</param>
/// <param name="tries">Measurements of the peak, of which the best counts.</param>
internal sealed class PeakShares(int bits, int tries)
{
    private readonly List<(double Share, double Dispatched)> rounds = [];

    /// <summary>The median.</summary>
    public double Median => Rounds.Median(rounds.Select(round => round.Share));

    /// <summary>The median of the rounds in which the core was this thread's alone, and how many these were.</summary>
    public string Alone
    {
        get
        {
            var alone = rounds.Where(round => DispatchRate.IsAlone(round.Dispatched)).Select(round => round.Share).ToList();
            return alone.Count == 0 ? $"- (0 of {rounds.Count})" : FormattableString.Invariant($"{Rounds.Median(alone):0 %} ({alone.Count} of {rounds.Count})");
        }
    }

    /// <summary>A round.</summary>
    /// <param name="run">Gives the rate reached in GFLOP/s.</param>
    public double Of(Func<double> run)
    {
        var dispatched = DispatchRate.Measure();
        var before = FmaPeak.Measure(bits, tries);
        var rate = run();
        var peak = (before + FmaPeak.Measure(bits, tries)) / 2;
        rounds.Add((rate / peak, Math.Min(dispatched, DispatchRate.Measure())));
        return rate;
    }
}
