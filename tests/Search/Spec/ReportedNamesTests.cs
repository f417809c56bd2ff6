namespace ApproxCluster.Search.Tests;

public sealed class ReportedNamesTests
{
    [Fact]
    public void Read_EveryFigure_ComesToItsPlace()
    {
        var names = Names("[{maximize: validation.f1}, {minimize: latency}]");

        string[] order = ["training.loss", "validation.loss", "training.f1", "validation.f1", "learning_rate", "latency", "test.loss", "test.f1", "other"];
        var (report, hasDiverged) = names.Read(3, order.Index().ToDictionary(pair => pair.Item, pair => pair.Index + 1.0));

        Assert.Equal(new(3, 1, 2, 3, 4, 5) { Figures = [6, 7, 8] }, report);
        Assert.False(hasDiverged);
    }

    [Fact]
    public void Read_WhatIsMissing_IsNaNAndNoDivergence()
    {
        var (report, hasDiverged) = Names("{minimize: error}").Read(1, new Dictionary<string, double> { ["error"] = 0.5 });

        Assert.Equal(new(1, double.NaN, double.NaN, double.NaN, 0.5, double.NaN) { Figures = [double.NaN, double.NaN] }, report);
        Assert.True(report.IsFinite);
        Assert.False(hasDiverged);
    }

    [Theory]
    [InlineData("{minimize: error}", "error")]
    [InlineData("{minimize: error}", "training.loss")]
    [InlineData("[{minimize: error}, {minimize: latency}]", "latency")]
    [InlineData("{minimize: error, gap_weight: 1}", "training.error")]
    public void Read_AFigureThatCountsIsNotFinite_HasDiverged(string objective, string name)
    {
        var figures = new Dictionary<string, double> { ["error"] = 1, ["latency"] = 1, ["training.error"] = 1, ["free"] = double.NaN, [name] = double.PositiveInfinity };

        Assert.True(Names(objective).Read(1, figures).HasDiverged);
        figures[name] = 0;
        Assert.False(Names(objective).Read(1, figures).HasDiverged);
    }

    [Theory]
    [InlineData("{minimize: error}", "error")]
    [InlineData("[{minimize: val_loss}, {minimize: error}]", "error")]
    [InlineData("{minimize: val_loss, where: gap <= 1}", "training.val_loss")]
    public void Read_AFigureOfTheObjectiveIsMissing_Throws(string objective, string missing)
    {
        var fault = Assert.Throws<FormatException>(() => Names(objective).Read(2, new Dictionary<string, double> { ["val_loss"] = 1 }));

        Assert.Equal($"The report of epoch 2 has no {missing}, but must have it, since the sweep's objective reads it. It has val_loss.", fault.Message);
    }

    private static ReportedNames Names(string objective) => ReportedNames.Of(Read.Spec($"{{trainer: {{command: [a]}}, objective: {objective}}}"));
}
