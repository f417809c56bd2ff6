namespace ApproxCluster.Search.Tests;

public sealed class HyperbandPrunerTests : PrunerContract
{
    protected override string Text => "hyperband";

    [Theory]
    [InlineData(1, 3, 243, 6)]
    [InlineData(1, 3, 242, 5)]
    [InlineData(1, 3, 81, 5)]
    [InlineData(1, 10, 1000, 4)]
    [InlineData(5, 2, 40, 4)]
    [InlineData(1, 2, 1_000_000, 20)]
    [InlineData(9, 3, 9, 1)]
    [InlineData(10, 3, 9, 1)]
    public void Brackets_WholeNumbers_NoneLostToRounding(int first, int factor, int epochs, int brackets) =>
        Assert.Equal(brackets, new HyperbandPruner(new(first, factor), epochs).Brackets);

    [Fact]
    public void BracketOf_AnyStretchOfNumbers_SharesOutAsThePaper()
    {
        // R = 81, eta = 3: ceil(5 * 3^s / (s + 1)) = 81, 34, 15, 8, 5 of 143.
        int[] shares = [81, 34, 15, 8, 5];
        var pruner = new HyperbandPruner(new(1, 3), 81);
        foreach (var from in new[] { 0, 143, 5000, 1_000_000 })
        {
            var counts = Enumerable.Range(from, 286).CountBy(pruner.BracketOf).ToDictionary();

            Assert.All(shares.Index(), share => Assert.InRange(counts[share.Index], share.Item * 2 - 4, share.Item * 2 + 4));
        }

        Assert.Equal([0, 1, 0, 2, 0, 0, 1, 0, 3, 0], Enumerable.Range(0, 10).Select(pruner.BracketOf));
    }

    [Fact]
    public void NextStop_EachBracket_BeginsAFactorLater()
    {
        var pruner = new HyperbandPruner(new(1, 3), 27);
        var first = Enumerable.Range(0, 200).DistinctBy(pruner.BracketOf).OrderBy(pruner.BracketOf)
            .Select(trial => pruner.NextStop(new FakeCurve(trial, [])));

        Assert.Equal([1, 3, 9, 27], first);
    }

    [Fact]
    public void Run_WorseAndWorse_EachBracketHalvesItsOwn()
    {
        var pruner = new HyperbandPruner(new(1, 3, Promote: true), 9);
        var run = PrunerRun.Of(pruner, 60, 9, (trial, _) => trial, parallel: 1);

        var own = Enumerable.Range(0, 60).Where(trial => pruner.BracketOf(trial) == 0).ToList();
        var alone = PrunerRun.Of(new AshaPruner(new(1, 3, Promote: true), 9), own.Count, 9, (trial, _) => own[trial], parallel: 1);
        Assert.Equal(alone.Ends, own.Select(trial => run.Ends[trial]));
        Assert.All(Enumerable.Range(0, 60).Where(trial => pruner.BracketOf(trial) == 2), trial => Assert.Equal((TrialState.Completed, 9), run.Ends[trial]));
    }
}
