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
        var networks = plan.Networks!;
        Assert.Equal(plan.Configurations, networks.Examined);
        Assert.Equal(17, networks.MinimumParameters);
        Assert.Equal(33, networks.MaximumParameters);
        Assert.Equal([8], networks.Typical!.HiddenWidths);
        Assert.Equal(6.0 * 100 * 10 * 3 * (17 + 33), networks.MaximumFlops);
        Assert.Equal(networks.MaximumFlops, networks.ExpectedFlops);
        Assert.Empty(plan.Rungs);
    }

    [Fact]
    public void Plan_Asha_CountsWhatGoesOnFromEachRung()
    {
        var plan = SweepChecks.Plan(
            Read.Spec("{target: curve, trials: 9, epochs: 10, pruner: {asha: {min_epochs: 1, reduction_factor: 3}}, space: {depth: 0}}"), Shape);

        Assert.Equal([1, 3, 9], plan.Rungs);
        Assert.Equal(6.0 * 100 * 3 * 9 * 10, plan.Networks!.MaximumFlops);
        Assert.Equal(6.0 * 100 * 3 * (9 + 3 * 2 + 1 * 6 + 1 / 3.0), plan.Networks.ExpectedFlops, 1e-6);
    }

    [Fact]
    public void Plan_ManyTrials_ExaminesTheFirst()
    {
        var plan = SweepChecks.Plan(Read.Spec("{target: curve, trials: 1000000, space: {width: {int: [1, 16384]}}}"), Shape);

        Assert.Equal(SweepChecks.MaximumExamined, plan.Networks!.Examined);
        Assert.True(plan.Networks.Examined < plan.Configurations);
    }

    [Fact]
    public void Plan_ConfigurationsBeyondTheTrainersLimits_AreCountedAndNoneIsTypical()
    {
        var some = SweepChecks.Plan(Read.Spec("{target: curve, sampler: grid, space: {width: {choice: [8, 16384]}, depth: {choice: [1, 64]}}}"), Shape).Networks!;
        var all = SweepChecks.Plan(Read.Spec("{target: curve, space: {width: 16384, depth: 64}}"), Shape).Networks!;

        Assert.Equal((4, 1), (some.Examined, some.Refused));
        Assert.StartsWith("Parameters are ", some.Refusal, StringComparison.Ordinal);
        Assert.Equal(64, some.Typical!.HiddenWidths.Count);
        Assert.Equal(all.Examined, all.Refused);
        Assert.Null(all.Typical);
    }

    [Fact]
    public void Plan_TrainedByAProgram_CountsEpochsOnly()
    {
        var plan = SweepChecks.Plan(Read.Spec("{trainer: {command: [train]}, trials: 9, epochs: 10, pruner: {asha: {min_epochs: 1, reduction_factor: 3}}}"), TargetShape.None);

        Assert.Null(plan.Networks);
        Assert.Equal(9 + 3 * 2 + 1 * 6 + 1 / 3.0, plan.ExpectedEpochs, 1e-9);
    }
}
