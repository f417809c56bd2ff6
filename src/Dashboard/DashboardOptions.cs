namespace ApproxCluster.Dashboard;

/// <summary>Settings of the dashboard: what its endpoints expose and bear.</summary>
public sealed record DashboardOptions
{
    /// <summary>Where <see cref="DashboardServer"/> listens; port 0 takes a free one. A silo's own web host ignores it.</summary>
    public string Url { get; init; } = "http://127.0.0.1:9600";

    /// <summary>Name of the program in <c>target_info</c> (<c>service_name</c>).</summary>
    public string ServiceName { get; init; } = "approx";

    /// <summary>This process's name in <c>target_info</c> (<c>service_instance_id</c>); default machine and process number.</summary>
    public string InstanceName { get; init; } = $"{Environment.MachineName}:{Environment.ProcessId}";

    /// <summary>Whether every series carries the labels of its meter (<c>otel_scope_name</c> and so on). Default true.</summary>
    public bool ScopeLabels { get; init; } = true;

    /// <summary>Meters exposed beside our own; a final '*' is a wildcard.</summary>
    public IReadOnlyList<string> Meters { get; init; } =
        ["System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.Orleans"];

    /// <summary>The largest page of a list, 1..10,000.</summary>
    public int PageLimit { get; init; } = 1000;

    /// <summary>The largest exposition in bytes; a scrape beyond it fails with 500.</summary>
    public int MetricsByteLimit { get; init; } = 256 << 20;

    /// <summary>Metrics are collected this long after the last scrape even if nobody asks, so that ended sweeps free their memory.</summary>
    public TimeSpan SelfCollection { get; init; } = TimeSpan.FromMinutes(1);
}
