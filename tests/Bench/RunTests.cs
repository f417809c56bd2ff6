using ApproxCluster.Bench.Search;

namespace ApproxCluster.Bench.Tests;

public sealed class RunTests
{
    private static readonly BenchFunction Branin = Specs.Scalar("branin", $"\"space\":{Specs.Plane}");

    private static readonly BenchFunction Curves =
        Specs.Read("lcsyn", $$"""{"kind":"curve","max_epochs":81,"optimum":0.06,"scale":1,"checkpoints":[405],"space":{{Specs.Curves}}}""");

    [Fact]
    public void Run_OneWorker_LogsImprovementsAndTheEnd()
    {
        var rows = Specs.Plan(Branin, 40).Run(0).Rows;

        Assert.Equal(rows.SkipLast(1).Select(row => row.Value).OrderDescending(), rows.SkipLast(1).Select(row => row.Value));
        Assert.Equal((40, double.PositiveInfinity), (rows[^1].Trial, rows[^1].Value));
    }

    [Fact]
    public void Run_WorkersOfASamplerThatDoesNotLook_SeeTheSameTrialsInAnotherOrder()
    {
        var (one, eight) = (Specs.Plan(Branin, 64).Run(3), Specs.Plan(Branin, 64, workers: 8).Run(3));

        Assert.Equal(one.Rows[^2].Value, eight.Rows[^2].Value);
        Assert.NotEqual(one.Rows, eight.Rows);
    }

    [Fact]
    public void Run_FiniteSampler_EndsWithIt()
    {
        var grid = Specs.Scalar("mixed8_x", """
            "space":[{"name":"lr","type":"float","low":0.1,"high":0.1},{"name":"wd","type":"float","low":0.1,"high":0.1},{"name":"layers","type":"int","low":1,"high":3},
            {"name":"units","type":"int","low":8,"high":8},{"name":"dropout","type":"float","low":0,"high":0},{"name":"batch","type":"int","low":16,"high":32,"step":16},
            {"name":"optimizer","type":"categorical","choices":["sgd"]},{"name":"activation","type":"categorical","choices":["relu"]}]
            """);

        Assert.Equal(6, Specs.Plan(grid, 20, workers: 4, sampler: "grid").Run(0).Rows[^1].Trial);
    }

    [Theory]
    [InlineData("none", 5)]
    [InlineData("asha", 60)]
    [InlineData("{asha: {promote: true}}", 60)]
    public void Run_Curves_SpendTheBudgetToTheEpoch(string pruner, int atLeast)
    {
        var log = Specs.Plan(Curves, 405, workers: 8, pruner: pruner).Run(1);

        Assert.Equal(405, log.Rows[^1].Trial);
        Assert.InRange(log.Configurations, atLeast, 405);
    }

    [Fact]
    public void Run_Recommend_FollowsTheTunersRecommendation()
    {
        var (observed, recommended) = (Specs.Plan(Branin, 40).Run(0), Specs.Plan(Branin, 40, recommend: true).Run(0));

        Assert.Equal(observed.Rows.Select(row => (row.Trial, row.Truth)), recommended.Rows.Select(row => (row.Trial, row.Truth)));
        Assert.All(recommended.Rows.SkipLast(1), row => Assert.Equal(-row.Trial, row.Value));
    }

    [Fact]
    public void Read_SettingsOfASampler_AreThoseOfASweepFile()
    {
        Assert.Equal("{random:{}}+{asha:{min_epochs:2;promote:true}}", Method.Read("{random: {}}", "{asha: {min_epochs: 2, promote: true}}", 9).Name);
        Assert.Contains("sampler is 'rnadom'", Assert.Throws<BenchException>(() => Method.Read("rnadom", null, 1)).Message, StringComparison.Ordinal);
    }
}
