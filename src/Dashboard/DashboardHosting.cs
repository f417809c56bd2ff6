using ApproxCluster.Engine;
using ApproxCluster.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ApproxCluster.Dashboard;

/// <summary>Adds the dashboard to a web host that exists already, such as a silo's.</summary>
public static class DashboardHosting
{
    /// <summary>
    /// Registers the dashboard's services and one <see cref="SweepMetrics"/>, also as the process's <see cref="ISweepObserver"/>. The host
    /// registers an <see cref="ISweepStore"/>; a <see cref="TimeProvider"/> is taken if registered.
    /// </summary>
    public static IServiceCollection AddApproxDashboard(this IServiceCollection services, DashboardOptions? options = null)
    {
        services.AddSingleton(options ?? new DashboardOptions());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<SweepMetrics>();
        services.TryAddSingleton<ISweepObserver>(provider => provider.GetRequiredService<SweepMetrics>());
        services.AddSingleton<MetricsPipeline>();
        services.AddSingleton<SweepReplays>();
        services.AddSingleton<ApiRoutes>();
        return services;
    }

    /// <summary>Maps <c>/</c>, <c>/api/...</c>, <c>/metrics</c> and <c>/healthz</c>.</summary>
    public static IEndpointRouteBuilder MapApproxDashboard(this IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        var pipeline = services.GetRequiredService<MetricsPipeline>();
        var time = services.GetRequiredService<TimeProvider>();
        services.GetRequiredService<ApiRoutes>().Map(endpoints);
        endpoints.MapGet("/metrics", context => MetricsEndpoint.HandleAsync(context, pipeline, time));
        endpoints.MapGet("/healthz", context =>
        {
            context.Response.Headers.CacheControl = "no-store";
            context.Response.ContentType = "text/plain; charset=utf-8";
            return context.Response.WriteAsync("ok\n", context.RequestAborted);
        });
        endpoints.MapGet("/", context => HomePage.HandleAsync(context, context.RequestServices.GetRequiredService<ISweepStore>()));
        return endpoints;
    }
}
