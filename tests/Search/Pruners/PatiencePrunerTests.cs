namespace ApproxCluster.Search.Tests;

public sealed class PatiencePrunerTests : PrunerContract
{
    protected override string Text => "{patience: {patience: 4}}";

    // As Optuna 4.9: patience + 1 latest epochs against those before; equal is no worse.
    [Theory]
    [InlineData(1, 0, new[] { 1.0, 2, 2 }, true)]
    [InlineData(1, 0, new[] { 1.0, 2 }, false)]
    [InlineData(1, 0, new[] { 1.0, 1, 1 }, false)]
    [InlineData(1, 0, new[] { 2.0, 3, 1 }, false)]
    [InlineData(1, 1, new[] { 1.0, 2, 2 }, false)]
    [InlineData(1, 0.5, new[] { 1.0, 2, 2 }, true)]
    [InlineData(0, 0, new[] { 1.0, 2 }, true)]
    [InlineData(2, 0, new[] { 1.0, 2, 3 }, false)]
    [InlineData(1, 0, new[] { 1.0, double.NaN, double.NaN }, true)]
    [InlineData(1, 0, new[] { double.NaN, double.NaN, 3 }, false)]
    [InlineData(1, 0, new[] { double.NaN, double.NaN, double.NaN }, true)]
    public void Judge_Alone_EndsWhatGetsWorse(int patience, double delta, double[] costs, bool hopeless) => Assert.Equal(
        hopeless, new PatiencePruner(new(patience, delta), null, 9).Judge(new FakeCurve(0, costs)).Kind == VerdictKind.Prune);

    [Fact]
    public void Judge_Wrapping_EndsOnlyWhatBothWouldEnd()
    {
        var spec = new PatiencePrunerSpec(1, Wrapped: new ThresholdPrunerSpec(Upper: 2));
        var pruner = PrunerFactory.Create(spec, new() { Epochs = 9 });

        Assert.Equal(
            [VerdictKind.Prune, VerdictKind.Continue, VerdictKind.Continue],
            new double[][] { [1, 3, 3], [1, 1.5, 1.5], [5, 4, 3] }.Select(costs => pruner.Judge(new FakeCurve(0, costs)).Kind));
    }

    [Fact]
    public void NextStop_Wrapping_IsTheWrappedOnes() => Assert.Equal(
        27, PrunerFactory.Create(new PatiencePrunerSpec(1, Wrapped: new AshaPrunerSpec(3)), new() { Epochs = 81 }).NextStop(new FakeCurve(0, new double[9])));

    [Fact]
    public void Create_WrappingOneThatPauses_IsRefused() => Assert.Contains(
        "pauses",
        Assert.Throws<ArgumentException>(() => PrunerFactory.Create(new PatiencePrunerSpec(1, Wrapped: new ShaPrunerSpec()), new() { Epochs = 9 })).Message,
        StringComparison.Ordinal);
}
