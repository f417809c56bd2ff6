namespace ApproxCluster.Search.Tests;

public sealed class AnyPrunerTests : PrunerContract
{
    protected override string Text => "{any: {pruners: [{asha: {promote: true}}, median, {gap: {patience: 3}}, {threshold: {upper: 1000}}]}}";

    [Fact]
    public void NextStop_SeveralParts_IsTheFirstOfAny()
    {
        var pruner = Of(new AshaPrunerSpec(4), new PatiencePrunerSpec(IntervalEpochs: 3));

        Assert.Equal([3, 4, 6, 9, 12], new[] { 0, 3, 4, 6, 9 }.Select(done => pruner.NextStop(new FakeCurve(0, new double[done]))));
    }

    [Fact]
    public void Judge_PartsDisagree_EndsBeforePausesBeforeGoesOn()
    {
        var pruner = Of(new ThresholdPrunerSpec(Upper: 2), new AshaPrunerSpec(3, 3, Promote: true));

        Assert.Equal([VerdictKind.Continue, VerdictKind.Pause], new[] { 2, 3 }.Select(count => pruner.Judge(new FakeCurve(0, new double[count])).Kind));
        Assert.Equal(VerdictKind.Prune, pruner.Judge(new FakeCurve(0, [3, 3, 3])).Kind);
    }

    [Fact]
    public void Create_TwoThatPause_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Of(new ShaPrunerSpec(), new AshaPrunerSpec(Promote: true)));

    private static IPruner Of(params PrunerSpec[] parts) => PrunerFactory.Create(new AnyPrunerSpec(parts), new() { Epochs = 20 });
}
