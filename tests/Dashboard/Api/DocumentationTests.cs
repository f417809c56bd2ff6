using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ApproxCluster.Dashboard.Tests;

public class DocumentationTests
{
    [Fact]
    public async Task ApiDocument_EveryRoute_HasAHeading()
    {
        using var folder = new TemporaryFolder();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(await Sweeps.StoreAsync(folder));
        builder.Services.AddApproxDashboard();
        await using var app = builder.Build();
        app.MapApproxDashboard();

        var routes = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(route => "## GET /" + route.RoutePattern.RawText!.TrimStart('/'))
            .Where(heading => !heading.Contains("**", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        var headings = Repository.Read("docs", "api.md").Split('\n').Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

        Assert.Equal(routes, headings);
    }
}
