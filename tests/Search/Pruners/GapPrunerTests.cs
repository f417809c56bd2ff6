namespace ApproxCluster.Search.Tests;

public sealed class GapPrunerTests : PrunerContract
{
    protected override string Text => "{gap: {max_gap: 5, patience: 3}}";

    [Theory]
    [InlineData(new[] { 5.0, 4, 4.5, 4.6, 4.7 }, new[] { 0.0, 0, 1, 2, 3 }, true)]
    [InlineData(new[] { 5.0, 4, 4.5, 4.6, 4.7 }, new[] { 0.0, 0, 3, 2, 1 }, false)]
    [InlineData(new[] { 5.0, 4, 4.5, 4.6, 4.7 }, new[] { 0.0, 9, 1, 2, 3 }, false)]
    [InlineData(new[] { 5.0, 4, 4.5, 4.6, 3.9 }, new[] { 0.0, 0, 1, 2, 3 }, false)]
    [InlineData(new[] { 5.0, 4, 4.03, 4.02, 4.03 }, new[] { 0.0, 0, 1, 2, 3 }, false)]
    [InlineData(new[] { -5.0, -9, -8, -8, -8 }, new[] { 0.0, 0, 1, 2, 3 }, true)]
    [InlineData(new[] { 4.0, 5, 5 }, new[] { 0.0, 1, 2 }, false)]
    [InlineData(new[] { 5.0, 4, double.NaN, 4.6, 4.7 }, new[] { 0.0, 0, 1, 2, 3 }, true)]
    [InlineData(new[] { 5.0, 4, 4.5, 4.6, 4.7 }, new double[0], false)]
    public void Judge_WorseForLongWhileTheGapGrew_Ends(double[] costs, double[] gaps, bool hopeless) => Assert.Equal(
        hopeless, new GapPruner(new(Patience: 3), 9).Judge(new FakeCurve(0, costs) { Gaps = gaps }).Kind == VerdictKind.Prune);

    [Theory]
    [InlineData(0.5, false)]
    [InlineData(1.5, true)]
    [InlineData(double.NaN, false)]
    public void Judge_GapAboveItsBound_Ends(double gap, bool hopeless) => Assert.Equal(
        hopeless, new GapPruner(new(MaxGap: 1), 9).Judge(new FakeCurve(0, [3, 2, 1]) { Gaps = [0, 0, gap] }).Kind == VerdictKind.Prune);
}
