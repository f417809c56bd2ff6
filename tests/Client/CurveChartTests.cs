using ApproxCluster.Client.Rendering;

namespace ApproxCluster.Client.Tests;

public sealed class CurveChartTests
{
    [Fact]
    public void Letters_TwoCurves_BeginAndEndInTheCorners()
    {
        var lines = new CurveChart([1, 2, 3], [3, 2, 1], width: 9, height: 3).Letters().ToArray();

        Assert.Equal("         3 |v       t", lines[0]);
        Assert.Equal("         2 |    *", lines[1]);
        Assert.Equal("         1 |t       v", lines[2]);
    }

    [Fact]
    public void Letters_NotFinite_AreLeftOut()
    {
        var lines = new CurveChart([1, double.NaN, 3], [double.PositiveInfinity, 2, 2], width: 9, height: 3).Letters().ToArray();

        Assert.Equal("         3 |        t", lines[0]);
        Assert.Equal("         2 |    v   v", lines[1]);
    }

    [Theory]
    [InlineData(new[] { 0.5 })]
    [InlineData(new[] { 0.5, 0.5, 0.5 })]
    [InlineData(new[] { double.NaN })]
    public void Letters_NothingToScale_StillDraws(double[] values) =>
        Assert.Equal(13, new CurveChart(values, values).Letters().Count());

    [Fact]
    public void Braille_RisingCurve_FillsTheDiagonal()
    {
        double[] rising = [.. Enumerable.Range(0, 8).Select(value => (double)value)];
        var rows = new CurveChart(rising, [], width: 4, height: 2).Braille().Select(row => new string([.. row.Cells.Select(cell => cell.Dots)])).ToArray();

        Assert.Equal(["  ⡠⠊", "⡠⠊  "], rows);
    }
}
