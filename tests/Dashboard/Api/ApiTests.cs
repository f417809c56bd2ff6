using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace ApproxCluster.Dashboard.Tests;

/// <summary>The API over a real server, a real SQLite store and a sweep that really ran.</summary>
public sealed class ApiTests(ServedSweep served) : IClassFixture<ServedSweep>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sweeps_OneFinished_IsListed()
    {
        var page = await JsonAsync("/api/sweeps");

        var sweep = Assert.Single(page["items"]!.AsArray())!;
        Assert.Equal(served.Sweep, (string?)sweep["sweep"]);
        Assert.Equal("finished", (string?)sweep["status"]);
        Assert.Equal(12, (int?)sweep["trials_ended"]);
        Assert.Equal(64, ((string?)sweep["digest"])!.Length);
        Assert.Equal(0, (int?)(await JsonAsync("/api/sweeps?unfinished=true"))["total"]);
    }

    [Fact]
    public async Task Sweep_Known_HasItsSpec()
    {
        var sweep = await JsonAsync($"/api/sweeps/{served.Sweep}");

        Assert.Equal("spirals", (string?)sweep["summary"]!["name"]);
        Assert.Equal(12, (int?)sweep["spec"]!["trials"]);
    }

    [Fact]
    public async Task Trials_Pages_CoverAllOnce()
    {
        var numbers = new List<int>();
        for (var offset = 0; offset < 12; offset += 5)
        {
            var page = await JsonAsync($"/api/sweeps/{served.Sweep}/trials?offset={offset}&limit=5");
            Assert.Equal(12, (int?)page["total"]);
            numbers.AddRange(page["items"]!.AsArray().Select(trial => (int)trial!["number"]!));
        }

        Assert.Equal(Enumerable.Range(0, 12), numbers);
        Assert.Empty((await JsonAsync($"/api/sweeps/{served.Sweep}/trials?offset=12"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Trial_Known_HasParametersAndCurves()
    {
        var trial = await JsonAsync($"/api/sweeps/{served.Sweep}/trials/0");
        var epochs = await JsonAsync($"/api/sweeps/{served.Sweep}/trials/0/epochs");

        Assert.True((double?)trial["parameters"]!["learning_rate"] > 0);
        Assert.Equal((int?)trial["epochs"], (int?)epochs["total"]);
        var first = epochs["items"]![0]!;
        Assert.Equal(1, (int?)first["epoch"]);
        Assert.Equal((double)first["validation_loss"]! - (double)first["training_loss"]!, (double)first["gap"]!);
        Assert.InRange((double)first["validation_metric"]!, 0, 1);
    }

    [Fact]
    public async Task Leaderboard_Finished_IsRankedByTheObjective()
    {
        var board = await JsonAsync($"/api/sweeps/{served.Sweep}/leaderboard?limit=3");

        Assert.Equal(("validation.accuracy", "maximize", 3), ((string?)board["objective"], (string?)board["goal"], board["items"]!.AsArray().Count));
        var values = board["items"]!.AsArray().Select(row => (double)row!["value"]!).ToList();
        Assert.Equal(values.OrderDescending(), values);
        Assert.Equal((double?)(await JsonAsync("/api/sweeps"))["items"]![0]!["best_value"], values[0]);
    }

    [Fact]
    public async Task Comparison_Finished_ImportanceAndCoordinates()
    {
        foreach (var method in new[] { "", "?method=fanova" })
        {
            var importance = await JsonAsync($"/api/sweeps/{served.Sweep}/importance{method}");
            Assert.Equal(method.Length == 0 ? "ped-anova" : "fanova", (string?)importance["method"]);
            Assert.All(importance["parameters"]!.AsArray(), one => Assert.InRange((double)one!["importance"]!, 0, 1.001));
            Assert.NotEmpty(importance["parameters"]!.AsArray());
        }

        var coordinates = await JsonAsync($"/api/sweeps/{served.Sweep}/parallel-coordinates");
        var axes = coordinates["axes"]!.AsArray().Count;
        Assert.All(coordinates["lines"]!.AsArray(), line => Assert.Equal(axes, line!["places"]!.AsArray().Count));
        Assert.Equal((int?)(await JsonAsync($"/api/sweeps/{served.Sweep}/leaderboard"))["total"], coordinates["lines"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("/api/sweeps/none/importance", 404, "no sweep 'none'")]
    [InlineData("/api/sweeps/none/parallel-coordinates", 404, "no sweep 'none'")]
    [InlineData("/api/sweeps/SWEEP/importance?method=guess", 400, "method is 'guess', but must be ped-anova or fanova")]
    [InlineData("/api/sweeps/none", 404, "no sweep 'none'")]
    [InlineData("/api/sweeps/none/trials", 404, "no sweep 'none'")]
    [InlineData("/api/sweeps/none/trials/1", 404, "no sweep 'none'")]
    [InlineData("/api/sweeps/none/trials/1/epochs", 404, "no sweep 'none'")]
    [InlineData("/api/sweeps/none/leaderboard", 404, "no sweep 'none'")]
    [InlineData("/api/sweeps/SWEEP/trials/99", 404, "no trial 99; it has 12")]
    [InlineData("/api/sweeps/SWEEP/trials/99/epochs", 404, "no trial 99")]
    [InlineData("/api/sweeps/SWEEP/trials/-1", 400, "from 0")]
    [InlineData("/api/sweeps/SWEEP/trials/x/epochs", 400, "'x'")]
    [InlineData("/api/sweeps/SWEEP/trials?limit=0", 400, "limit is '0', but must be a whole number from 1 to 1000")]
    [InlineData("/api/sweeps/SWEEP/trials?limit=1001", 400, "limit is '1001'")]
    [InlineData("/api/sweeps/SWEEP/leaderboard?offset=-1", 400, "offset is '-1'")]
    [InlineData("/api/sweeps?offset=1&offset=2", 400, "offset is '1,2'")]
    [InlineData("/api/sweeps?unfinished=perhaps", 400, "must be true or false")]
    [InlineData("/api/nothing", 404, "nothing at /api/nothing")]
    [InlineData("/api/sweeps/a%2F..%2Fb", 404, "no sweep")]
    public async Task Get_Wrong_IsAProblem(string path, int status, string detail)
    {
        using var answer = await served.Client.GetAsync(path.Replace("SWEEP", served.Sweep, StringComparison.Ordinal), Token);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Token))!;
        Assert.Equal(status, (int?)problem["status"]);
        Assert.Contains(detail, (string?)problem["detail"], StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl?.NoStore is true || answer.Headers.ETag is null);
    }

    [Fact]
    public async Task Get_SameTag_IsNotSentAgain()
    {
        using var first = await served.Client.GetAsync("/api/sweeps", Token);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/sweeps");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await served.Client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync(Token));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task Send_OtherMethod_IsRefused(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/sweeps");
        using var answer = await served.Client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    [Fact]
    public async Task Home_OneSweep_LinksIntoTheApi()
    {
        using var answer = await served.Client.GetAsync("/", Token);
        var html = await answer.Content.ReadAsStringAsync(Token);

        Assert.Contains($"<a href=\"/api/sweeps/{served.Sweep}/leaderboard\">", html, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Healthz_Running_IsOk() => Assert.Equal("ok\n", await served.Client.GetStringAsync("/healthz", Token));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Metrics_Scraped_IsSoundAndZippedWhereWelcome(bool openMetrics)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        if (openMetrics)
        {
            request.Headers.Accept.ParseAdd("application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5");
        }

        using var answer = await served.Client.SendAsync(request, Token);
        using var body = new MemoryStream();
        await using (var zip = new System.IO.Compression.GZipStream(await answer.Content.ReadAsStreamAsync(Token), System.IO.Compression.CompressionMode.Decompress))
        {
            await zip.CopyToAsync(body, Token);
        }

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("gzip", answer.Content.Headers.ContentEncoding.Single());
        Assert.Equal(openMetrics ? "application/openmetrics-text; version=1.0.0; charset=utf-8" : "text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.Empty(ExpositionValidator.Check(body.ToArray(), openMetrics));
    }

    private async Task<JsonNode> JsonAsync(string path)
    {
        using var answer = await served.Client.GetAsync(path, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.NotNull(answer.Headers.ETag);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Token))!;
    }
}
