using System.Text.RegularExpressions;

namespace ApproxCluster.Dashboard.Tests;

/// <summary>A real Prometheus scrapes a real sweep: every query of every dashboard and every rule finds something.</summary>
public sealed partial class PrometheusTests(PrometheusFixture prometheus) : IClassFixture<PrometheusFixture>
{
    public static TheoryData<string, string> Panels
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var file in Boards.Files)
            {
                data.AddRange(Boards.Panels(Boards.Read(file)).Select(panel => new TheoryDataRow<string, string>(file, (string)panel["title"]!)));
            }

            return data;
        }
    }

    [Fact]
    public async Task Target_Scraped_IsUpWithTypesAndUnits()
    {
        await prometheus.StartAsync();
        await prometheus.RowsAsync("up{job=\"approx\"} == 1");
        await prometheus.RowsAsync("scrape_samples_scraped{job=\"approx\"} > 100");
        await prometheus.RowsAsync($"approx_trial_info{{sweep_id=\"{prometheus.Sweep}\"}}");

        var metadata = await prometheus.AskAsync("api/v1/metadata");

        Assert.Equal(("histogram", "seconds"), ((string?)metadata["approx_epoch_duration_seconds"]![0]!["type"], (string?)metadata["approx_epoch_duration_seconds"]![0]!["unit"]));
        Assert.Equal("Epochs trained.", (string?)metadata["approx_epochs"]![0]!["help"]);
        Assert.Equal("info", (string?)metadata["target"]![0]!["type"]);
    }

    [Theory]
    [MemberData(nameof(Panels))]
    public async Task Panel_EachQuery_ReturnsRows(string file, string title)
    {
        await prometheus.StartAsync();
        var panel = Boards.Panels(Boards.Read(file)).Single(panel => (string?)panel["title"] == title);
        foreach (var target in Boards.Targets(panel))
        {
            await prometheus.RowsAsync(Substitute((string)target["expr"]!));
        }
    }

    [Fact]
    public async Task Ranking_Parameters_AreLabelsOfItsRows()
    {
        await prometheus.StartAsync();
        var panel = Boards.Panels(Boards.Read("sweep.json")).Single(panel => (string?)panel["title"] == "Ranking");

        var rows = await prometheus.RowsAsync(Substitute((string)Boards.Targets(panel).First()["expr"]!));

        Assert.InRange(rows.Count, 1, 20);
        Assert.All(rows, row =>
        {
            Assert.NotNull(row!["metric"]!["learning_rate"]);
            Assert.NotNull(row["metric"]!["encoding"]);
            Assert.Null(row["metric"]!["otel_scope_name"]);
        });
        var values = rows.Select(row => double.Parse((string)row!["value"]![1]!, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.All(values, value => Assert.InRange(value, 0, 1));
    }

    [Theory]
    [InlineData("sweep.json")]
    [InlineData("cluster.json")]
    public async Task Variables_LabelValues_FindSome(string file)
    {
        await prometheus.StartAsync();
        foreach (var variable in Boards.Variables(Boards.Read(file)).Values.Where(variable => (string?)variable["type"] == "query"))
        {
            var query = LabelValues().Match((string)variable["query"]!["query"]!);
            var rows = await prometheus.RowsAsync(Substitute(query.Groups[1].Value));

            Assert.All(rows, row => Assert.NotNull(row!["metric"]![query.Groups[2].Value]));
        }
    }

    [Fact]
    public async Task Rules_Evaluated_AreSoundAndTheirMetricsExist()
    {
        await prometheus.StartAsync();
        await prometheus.RowsAsync("approx:epochs:rate1m");
        await prometheus.RowsAsync("approx:slots:busy_ratio");

        var rules = (await prometheus.AskAsync("api/v1/rules"))["groups"]!.AsArray().SelectMany(group => group!["rules"]!.AsArray()).ToList();

        Assert.Equal(10, rules.Count);
        foreach (var rule in rules)
        {
            await Sweeps.UntilAsync($"{rule!["name"]} to be evaluated", async () =>
                (await prometheus.AskAsync("api/v1/rules"))["groups"]!.AsArray().SelectMany(group => group!["rules"]!.AsArray())
                    .FirstOrDefault(now => (string?)now!["name"] == (string?)rule["name"] && (string?)now["health"] == "ok"));
            foreach (var metric in Boards.Metrics((string)rule["query"]!))
            {
                await prometheus.RowsAsync(metric);
            }
        }
    }

    [Fact]
    public async Task Trial_Ended_LeavesInstantQueriesAndStaysInTheRange()
    {
        await prometheus.StartAsync();
        var trials = await prometheus.RowsAsync($"approx_trial_validation_loss{{sweep_id=\"{prometheus.Sweep}\"}}");
        var trial = (string)trials[0]!["metric"]!["trial_id"]!;
        var selector = $"approx_trial_validation_loss{{sweep_id=\"{prometheus.Sweep}\",trial_id=\"{trial}\"}}";

        await prometheus.RowsAsync($"absent({selector})");

        Assert.Single(await prometheus.RowsAsync($"last_over_time({selector}[1h])"));
    }

    private string Substitute(string query)
    {
        var text = query.Replace("$__rate_interval", "5s", StringComparison.Ordinal).Replace("$__range", "10m", StringComparison.Ordinal)
            .Replace("$sweep", prometheus.Sweep, StringComparison.Ordinal).Replace("$job", ".*", StringComparison.Ordinal).Replace("$instance", ".*", StringComparison.Ordinal);
        Assert.DoesNotContain('$', text);
        return text;
    }

    [GeneratedRegex(@"^label_values\((.*), (\w+)\)$")]
    private static partial Regex LabelValues();
}
