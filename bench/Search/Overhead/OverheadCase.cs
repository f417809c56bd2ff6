using ApproxCluster.Search;

namespace ApproxCluster.Bench.Search;

/// <summary>One overhead, and where the same stands among the recorded ones.</summary>
/// <param name="Name">Its name.</param>
/// <param name="What">What is measured.</param>
/// <param name="Ours">Measures ours in milliseconds, once.</param>
/// <param name="Repeats">How often.</param>
/// <param name="PeerKind">Kind of the record.</param>
/// <param name="PeerKey">Which field names the peer's method.</param>
/// <param name="Peers">The peer's methods, of which the fastest counts.</param>
/// <param name="PeerMark">Trials at which the record is read.</param>
/// <param name="PeerFigure">Which field has the milliseconds.</param>
internal sealed record OverheadCase(
    string Name, string What, Func<double> Ours, int Repeats, string PeerKind, string PeerKey, string[] Peers, int PeerMark, string PeerFigure)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<OverheadCase> All { get; } =
    [
        new("O1", "random: ask, 10 parameters, tell", () => OwnCost.Sequence(Sampler("random"), 20_000), 9, "seq", "sampler", ["random"], 1000, "per_trial_ms_cpu"),
        new("O2", "tpe at 1,000 trials", () => OwnCost.Marginal(Sampler("tpe"), 1000), 5, "hist", "sampler", ["tpe", "tpe-mv"], 1000, "median_ms_cpu"),
        new("O2", "tpe at 10,000 trials", () => OwnCost.Marginal(Sampler("tpe"), 10_000), 5, "hist", "sampler", ["tpe", "tpe-mv"], 10_000, "median_ms_cpu"),
        new("O3", "gp, mean of the first 100 trials", () => OwnCost.Sequence(Sampler("gp"), 100), 5, "seq", "sampler", ["gp"], 100, "per_trial_ms_cpu"),
        new("O3", "gp at 100 trials", () => OwnCost.Marginal(Sampler("gp"), 100), 5, "seq", "sampler", ["gp"], 100, "per_trial_ms_cpu"),
        new("O6", "asha: report and decision", () => OwnCost.Report(new AshaPrunerSpec(1, 3), 300), 9, "report", "pruner", ["asha"], 300, "per_step_ms_cpu"),
    ];

    // The runtime first compiles a method in haste, and again, well, once it has been called often and nothing new was compiled for a while.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    /// <summary>The median of our repeats, after some seconds (of processor time) of them to warm up, in which the runtime compiles what is hot; null where this version lacks the sampler.</summary>
    public double? Measure()
    {
        var begin = Environment.CpuUsage.TotalTime;
        try
        {
            do
            {
                Ours();
            }
            while (Environment.CpuUsage.TotalTime - begin < WarmUp);
        }
        catch (BenchException)
        {
            return null;
        }

        return Regrets.Quantile(Enumerable.Range(0, Repeats).Select(_ => Ours()), 0.5);
    }

    private static SamplerSpec Sampler(string word) => Method.Read(word, null, 1).Sampler;
}
