namespace ApproxCluster.Search.Tests;

public sealed class ShaPrunerTests : PrunerContract
{
    protected override string Text => "sha";

    [Theory]
    [InlineData(1, 3, 243, 243)]
    [InlineData(1, 3, 244, 729)]
    [InlineData(1, 10, 1000, 1000)]
    [InlineData(2, 4, 9, 16)]
    [InlineData(9, 3, 9, 1)]
    public void CohortSize_ByDefault_LeavesOne(int first, int factor, int epochs, int size) =>
        Assert.Equal(size, new ShaPruner(new(first, factor), epochs).CohortSize);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(81)]
    public void Run_AnyOrderAndWidth_HalvesExactly(int parallel)
    {
        foreach (var factor in new[] { 1, 80, 23 })
        {
            var run = PrunerRun.Of(new ShaPruner(new(1, 3), 81), 81, 81, (trial, epoch) => trial * factor % 81 + 1.0 / epoch, parallel);

            Assert.Equal([54, 18, 6, 2], new[] { 1, 3, 9, 27 }.Select(run.PrunedAfter));
            Assert.Equal((TrialState.Completed, 81), run.Ends[0]);
        }
    }

    [Fact]
    public void Run_CohortOfNine_EachHalvesForItself()
    {
        var run = PrunerRun.Of(new ShaPruner(new(1, 3, Cohort: 9), 9), 27, 9, (trial, _) => trial, parallel: 2);

        Assert.Equal([0, 9, 18], Enumerable.Range(0, 27).Where(trial => run.Ends[trial].State == TrialState.Completed));
    }

    [Fact]
    public void Run_ShortLastCohort_IsHalvedAsItIs()
    {
        var run = PrunerRun.Of(new ShaPruner(new(1, 3, Cohort: 9), 9), 15, 9, (trial, _) => -trial, parallel: 2);

        // Of six: two after epoch 1, one after 3.
        Assert.Equal([8, 14], Enumerable.Range(0, 15).Where(trial => run.Ends[trial].State == TrialState.Completed));
        Assert.Equal([6 + 4, 2 + 1], new[] { 1, 3 }.Select(run.PrunedAfter));
    }

    [Fact]
    public void Promotion_LastOfTheCohortIsLost_WaitsNoLonger()
    {
        var pruner = new ShaPruner(new(1, 3, Cohort: 3), 9);
        pruner.Observe(new FakeCurve(0, [2]), diverged: false);
        pruner.Observe(new FakeCurve(1, [1]), diverged: false);
        Assert.Null(pruner.Promotion(closing: false));

        pruner.Ended(new FakeCurve(2, []));

        Assert.Equal(1, pruner.Promotion(closing: false));
    }

    [Fact]
    public void Run_DivergedTrials_AreWaitedForNoLonger()
    {
        // Two of nine diverge before the first rung and one, the best, after it.
        var run = PrunerRun.Of(
            new ShaPruner(new(1, 3), 9), 9, 9, (trial, epoch) => trial is 4 or 5 || (trial == 0 && epoch == 2) ? double.PositiveInfinity : trial, parallel: 3);

        Assert.Equal((TrialState.Completed, 9), run.Ends[1]);
        Assert.Equal([TrialState.Failed, TrialState.Failed, TrialState.Failed], new[] { 0, 4, 5 }.Select(trial => run.Ends[trial].State));
    }
}
