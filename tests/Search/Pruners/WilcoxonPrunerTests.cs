namespace ApproxCluster.Search.Tests;

public sealed class WilcoxonPrunerTests : PrunerContract
{
    protected override string Text => "wilcoxon";

    // Five replicates: all worse has p = 1/32, four worse and the best a little better 2/32, the middle one better 5/32.
    [Theory]
    [InlineData(new[] { 2.0, 3, 4, 5, 6 }, true)]
    [InlineData(new[] { 0.9, 3, 4, 5, 6 }, true)]
    [InlineData(new[] { -2.5, 3, 4, 5, 6 }, false)]
    [InlineData(new[] { 0.0, 0, 0, 0, 9 }, false)]
    [InlineData(new[] { 1.0, 1, 1, 1, 1 }, false)]
    public void Judge_ReplicatesAgainstTheIncumbents_EndsTheSignificantlyWorse(double[] costs, bool hopeless)
    {
        var pruner = new WilcoxonPruner(new(), 4);
        for (var replicate = 0; replicate < 5; replicate++)
        {
            var trial = new FakeCurve(replicate, [9, 1, 1, 1]) { Replicates = 5 };
            pruner.Observe(trial, false);
            pruner.Ended(trial);
        }

        var verdicts = new List<VerdictKind>();
        for (var replicate = 0; replicate < 5; replicate++)
        {
            var trial = new FakeCurve(5 + replicate, [9, costs[replicate]]) { Replicates = 5 };
            pruner.Observe(trial, false);
            verdicts.Add(pruner.Judge(trial).Kind);
        }

        Assert.Equal(hopeless, verdicts[^1] == VerdictKind.Prune);
        Assert.All(verdicts.Take(3), verdict => Assert.Equal(VerdictKind.Continue, verdict));
    }

    [Fact]
    public void Judge_BetterMean_GoesOnWhateverTheTestSays()
    {
        // Nine replicates a little worse and one far better: significant (43/1024), yet the better mean.
        var pruner = new WilcoxonPruner(new(), 4);
        for (var trial = 0; trial < 20; trial++)
        {
            var curve = new FakeCurve(trial, trial < 10 ? [1, 1, 1, 1] : [trial == 10 ? -100 : 2]) { Replicates = 10 };
            pruner.Observe(curve, false);
            pruner.Ended(curve);
        }

        Assert.Equal(VerdictKind.Continue, pruner.Judge(new FakeCurve(19, [2]) { Replicates = 10 }).Kind);
    }

    [Fact]
    public void Run_NoisyReplicates_EndsTheWorseAndCompletesTheBest()
    {
        double Cost(int trial, int epoch) => trial / 6 % 3 + 0.2 * new Trainer.Philox(7, (ulong)trial).NextDouble() + 1.0 / epoch;

        var run = PrunerRun.Of(new WilcoxonPruner(new(), 9), 36, 9, Cost, replicates: 6);

        Assert.All(run.Ends.Where((_, trial) => trial / 6 % 3 == 0), end => Assert.Equal(TrialState.Completed, end.State));
        Assert.Contains(run.Ends, end => end.State == TrialState.Pruned);
        Assert.True(run.Ends.Skip(6).Where((_, trial) => trial / 6 % 3 == 1).Count(end => end.State == TrialState.Pruned) >= 3);
    }
}
