using ApproxCluster.Trainer;

namespace ApproxCluster.Search.Tests;

public sealed class SweepChecksTests
{
    private static readonly TargetShape Shape = new(2, 1, TaskKind.Regression, MetricKind.Rmse, 100, 50, 50);

    [Fact]
    public void Plan_Grid_IsExact()
    {
        var plan = SweepChecks.Plan(
            Read.Spec("{target: curve, sampler: grid, epochs: 10, replicates: 3, space: {width: {choice: [4, 8]}, depth: 1}}"), Shape);

        Assert.Equal(2, plan.Configurations);
        Assert.Equal(6, plan.Trials);
        Assert.True(plan.IsExact);
        Assert.Equal(17, plan.MinimumParameters);
        Assert.Equal(33, plan.MaximumParameters);
        Assert.Equal([8], plan.Typical.HiddenWidths);
        Assert.Equal(6.0 * 100 * 10 * 3 * (17 + 33), plan.MaximumFlops);
        Assert.Equal(plan.MaximumFlops, plan.ExpectedFlops);
        Assert.Empty(plan.Rungs);
    }

    [Fact]
    public void Plan_Asha_CountsWhatGoesOnFromEachRung()
    {
        var plan = SweepChecks.Plan(
            Read.Spec("{target: curve, trials: 9, epochs: 10, pruner: {asha: {min_epochs: 1, reduction_factor: 3}}, space: {depth: 0}}"), Shape);

        Assert.Equal([1, 3, 9], plan.Rungs);
        Assert.Equal(6.0 * 100 * 3 * 9 * 10, plan.MaximumFlops);
        Assert.Equal(6.0 * 100 * 3 * (9 + 3 * 2 + 1 * 6 + 1 / 3.0), plan.ExpectedFlops, 1e-6);
    }

    [Fact]
    public void Plan_ManyTrials_ExaminesTheFirst()
    {
        var plan = SweepChecks.Plan(Read.Spec("{target: curve, trials: 1000000, space: {width: {int: [1, 16384]}}}"), Shape);

        Assert.Equal(SweepChecks.MaximumExamined, plan.Examined);
        Assert.False(plan.IsExact);
    }
}
