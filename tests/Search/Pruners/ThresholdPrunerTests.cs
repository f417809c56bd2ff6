namespace ApproxCluster.Search.Tests;

public sealed class ThresholdPrunerTests : PrunerContract
{
    protected override string Text => "{threshold: {upper: 1000, gap_upper: 1}}";

    [Theory]
    [InlineData(false, 0.5, true)]
    [InlineData(false, 1, false)]
    [InlineData(false, 3, false)]
    [InlineData(false, 3.5, true)]
    [InlineData(false, double.NaN, true)]
    [InlineData(true, -0.5, true)]
    [InlineData(true, -2, false)]
    [InlineData(true, -3.5, true)]
    public void Judge_ObjectiveOutsideItsBounds_Ends(bool maximize, double cost, bool hopeless)
    {
        var pruner = new ThresholdPruner(new(Lower: 1, Upper: 3), new() { Epochs = 9, Maximize = maximize });

        Assert.Equal(hopeless, pruner.Judge(new FakeCurve(0, [2, cost])).Kind == VerdictKind.Prune);
    }

    [Theory]
    [InlineData(-2, true)]
    [InlineData(0, false)]
    [InlineData(2, true)]
    [InlineData(double.NaN, false)]
    public void Judge_GapOutsideItsBounds_Ends(double gap, bool hopeless)
    {
        var pruner = new ThresholdPruner(new(GapLower: -1, GapUpper: 1), new() { Epochs = 9 });

        Assert.Equal(hopeless, pruner.Judge(new FakeCurve(0, [5, 5]) { Gaps = [0, gap] }).Kind == VerdictKind.Prune);
    }

    [Fact]
    public void Create_BoundsTheWrongWayRound_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new ThresholdPruner(new(Lower: 3, Upper: 1), new() { Epochs = 9 }));
}
