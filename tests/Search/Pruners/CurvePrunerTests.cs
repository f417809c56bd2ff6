namespace ApproxCluster.Search.Tests;

public sealed class CurvePrunerTests : PrunerContract
{
    private const int Epochs = 81;

    protected override string Text => "curve";

    public static TheoryData<string> Families => ["power", "exponential", "shifted", "hyperbola"];

    [Theory]
    [MemberData(nameof(Families))]
    public void Mean_OfCurvesThatDecay_ComesNearTheEnd(string family)
    {
        // After a third of the epochs, within a quarter of what the curve falls in all.
        for (ulong seed = 0; seed < 20; seed++)
        {
            var curve = Curve(family, seed);
            var forecast = CurveForecast.Of([.. Enumerable.Range(1, 27).Select(curve)], Epochs)!.Mean();

            Assert.True(Math.Abs(forecast - curve(Epochs)) <= 0.25 * Math.Abs(curve(1) - curve(Epochs)), $"{family} {seed}: {forecast} for {curve(Epochs)}");
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void ProbabilityBelow_OfCurvesThatDecay_HoldsItsConfidence(string family)
    {
        // At 95 %, the truth may be ruled out in one forecast of twenty.
        var (wrong, count) = (0, 0);
        for (ulong seed = 0; seed < 60; seed++)
        {
            var curve = Curve(family, seed);
            foreach (var done in new[] { 9, 15, 27, 40 })
            {
                var forecast = CurveForecast.Of([.. Enumerable.Range(1, done).Select(curve)], Epochs)!;
                wrong += forecast.ProbabilityBelow(curve(Epochs) + 1e-6) < 0.05 ? 1 : 0;
                count++;
            }
        }

        Assert.True(wrong <= 0.05 * count, $"{family}: {wrong} of {count}");
    }

    [Fact]
    public void ProbabilityBelow_AnyBound_IsMonotoneFromZeroToOne()
    {
        var forecast = CurveForecast.Of([5, 3, 2.5, 2.2, 2.1, 2.0], 20)!;
        double[] chances = [.. Enumerable.Range(-60, 121).Select(bound => forecast.ProbabilityBelow(bound / 10.0))];

        Assert.Equal(chances.Order(), chances);
        Assert.True(chances[0] < 0.05 && chances[^1] > 0.95, $"{chances[0]} {chances[^1]}");
        Assert.Equal((0.0, 1.0), (forecast.ProbabilityBelow(double.NegativeInfinity), forecast.ProbabilityBelow(double.PositiveInfinity)));
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(40, true)]
    public void Judge_HighPlateau_EndsBelowAGoodIncumbent(double level, bool hopeless)
    {
        var pruner = new CurvePruner(new(), Epochs);
        pruner.Observe(new FakeCurve(0, [.. Enumerable.Range(1, Epochs).Select(epoch => 3 + 50.0 / epoch)]), false);

        Assert.Equal(hopeless, pruner.Judge(new FakeCurve(1, [.. Enumerable.Range(1, 12).Select(epoch => level - 1 + 50.0 / epoch)])).Kind == VerdictKind.Prune);
    }

    [Fact]
    public void Of_FewFiniteCosts_IsNothing()
    {
        Assert.Null(CurveForecast.Of([1, double.NaN, 2, 3], 9));
        Assert.NotNull(CurveForecast.Of([1, double.NaN, 2, 3, 4], 9));
        Assert.NotNull(CurveForecast.Of(Enumerable.Range(1, 5000).Select(epoch => 1.0 / epoch).ToList(), 10_000));
    }

    private static Func<int, double> Curve(string family, ulong seed)
    {
        var random = new Trainer.Philox(seed);
        var (level, drop, rate) = (random.NextDouble(), 0.5 + random.NextDouble(), random.NextDouble());
        return epoch => level + 0.004 * (new Trainer.Philox(seed, (ulong)epoch).NextDouble() - 0.5) + drop * family switch
        {
            "power" => Math.Pow(epoch, -0.4 - rate),
            "exponential" => Math.Exp(-(epoch - 1) / (4 + 20 * rate)),
            "shifted" => Math.Pow(1 + epoch / (2 + 10 * rate), -1.2),
            _ => 1 / (1 + 0.5 * rate * epoch),
        };
    }
}
