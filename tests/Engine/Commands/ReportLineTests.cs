namespace ApproxCluster.Engine.Tests;

public sealed class ReportLineTests
{
    [Fact]
    public void Read_NestedFiguresAndOtherValues_FiguresComeByTheirNames()
    {
        var report = ReportLine.Read("""{"epoch": 3, "train": {"loss": 0.5, "top": {"5": 1}}, "val.loss": 2e-1, "note": "NaN of \"Infinity", "ok": true, "none": null, "list": [1]}""")!;

        Assert.Equal(3, report.Epoch);
        Assert.Equal(new Dictionary<string, double> { ["training.loss"] = 0.5, ["training.top.5"] = 1, ["validation.loss"] = 0.2 }, report.Figures);
    }

    [Theory]
    [InlineData("NaN", double.NaN)]
    [InlineData("Infinity", double.PositiveInfinity)]
    [InlineData("-Infinity", double.NegativeInfinity)]
    [InlineData("\"NaN\"", double.NaN)]
    [InlineData("1e999", double.PositiveInfinity)]
    [InlineData("-0.25", -0.25)]
    public void Read_Figure_IsANumberAsPythonWritesIt(string written, double expected) =>
        Assert.Equal(expected, ReportLine.Read($$"""{"a":{{written}},"epoch":1}""")!.Figures["a"]);

    [Theory]
    [InlineData("")]
    [InlineData("loading 3 files")]
    [InlineData("{\"loss\": 3}")]
    [InlineData("{'epoch': 1}")]
    [InlineData("{\"epoch\": 1")]
    [InlineData("[{\"epoch\": 1}]")]
    [InlineData("{\"epoch\": 1} and more")]
    public void Read_AnythingElse_IsNoReport(string line) => Assert.Null(ReportLine.Read(line));

    [Theory]
    [InlineData("0")]
    [InlineData("1.5")]
    [InlineData("-1")]
    [InlineData("\"one\"")]
    [InlineData("null")]
    [InlineData("3e9")]
    public void Read_EpochThatIsNone_Throws(string epoch)
    {
        var fault = Assert.Throws<FormatException>(() => ReportLine.Read($$"""{"epoch":{{epoch}}}"""));

        Assert.Equal($"A report's epoch is {epoch}, but must be a whole number from 1.", fault.Message);
    }
}
