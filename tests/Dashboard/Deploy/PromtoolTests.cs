using System.Text;

namespace ApproxCluster.Dashboard.Tests;

/// <summary>What Prometheus's own tool says of the text exposition, the rules and the configuration.</summary>
public class PromtoolTests
{
    // The runtime's instruments are named by .NET.
    private static readonly string[] Allowed = ["dotnet_", "kestrel_", "http_server_"];

    [Fact]
    public async Task CheckMetrics_SweepInFlight_HasNothingToSay()
    {
        using var folder = new TemporaryFolder();
        await using var store = await Sweeps.StoreAsync(folder);
        using var metrics = new SweepMetrics(TimeProvider.System);
        using var pipeline = new MetricsPipeline(new DashboardOptions(), metrics, TimeProvider.System);
        await Sweeps.RunAsync(Sweeps.Short, store, metrics, TestContext.Current.CancellationToken);
        var body = await pipeline.ScrapeAsync(ExpositionFormat.Text);
        Assert.Contains("approx_trial_info{", Encoding.UTF8.GetString(body), StringComparison.Ordinal);

        var (code, output) = await Repository.RunAsync(Repository.Program("promtool", "prometheus"), folder.Path, body, "check", "metrics");

        Assert.True(code is 0 or 3, output);
        Assert.All(
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.Contains(Allowed, prefix => line.StartsWith(prefix, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("check", "rules", "rules/approx.yml")]
    [InlineData("test", "rules", "rules/approx.test.yml")]
    [InlineData("check", "config", "prometheus.yml")]
    public async Task Promtool_AsShipped_Succeeds(string verb, string what, string file)
    {
        var (code, output) = await Repository.RunAsync(
            Repository.Program("promtool", "prometheus"), Repository.PathOf("deploy", "prometheus"), null, verb, what, file);

        Assert.True(code == 0, output);
    }

    [Fact]
    public void RuleTests_EveryAlert_IsAwaitedSomewhere()
    {
        var tests = Repository.Read("deploy", "prometheus", "rules", "approx.test.yml");
        foreach (var line in Repository.Read("deploy", "prometheus", "rules", "approx.yml").Split('\n').Where(line => line.Contains("- alert: ", StringComparison.Ordinal)))
        {
            var alert = line.Split(": ")[1];
            Assert.Contains($"alertname: {alert}\n        exp_alerts:\n          - exp_labels", tests, StringComparison.Ordinal);
        }
    }
}
