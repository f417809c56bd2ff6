using System.Net;
using ApproxCluster.Contracts;

namespace ApproxCluster.Silo.Options;

/// <summary>Everything a silo can be told. Without <see cref="Postgres"/> it is a whole cluster by itself.</summary>
public sealed record SiloSettings
{
    /// <summary>Npgsql connection string of the cluster's database; null for a silo on its own with a SQLite file.</summary>
    public string? Postgres { get; init; }

    /// <summary>Folder of the SQLite file.</summary>
    public string Home { get; init; } = ".approx";

    /// <summary>Folder of data sets. The same data must be there on every silo.</summary>
    public string DataFolder { get; init; } = ".";

    /// <summary>Whether sweeps may run programs here.</summary>
    public bool AllowCommands { get; init; }

    /// <summary>Where programs keep their checkpoints while their sweep runs.</summary>
    public string WorkFolder => Path.Combine(Home, "sweeps", "work");

    /// <summary>Silos of one name and one database are one cluster.</summary>
    public string ClusterId { get; init; } = ClusterDefaults.ClusterId;

    /// <summary>The silo's name; null for machine and silo port.</summary>
    public string? Name { get; init; }

    /// <summary>Address that others reach this silo at; it listens on it too.</summary>
    public string Advertise { get; init; } = "127.0.0.1";

    /// <summary>Port for other silos; 0 for a free one.</summary>
    public int SiloPort { get; init; } = ClusterDefaults.SiloPort;

    /// <summary>Port for clients; 0 for a free one.</summary>
    public int GatewayPort { get; init; } = ClusterDefaults.GatewayPort;

    /// <summary>Where the page, the API and <c>/metrics</c> are: <c>[ADDRESS:]PORT</c>, port 0 for a free one, or <c>off</c>.</summary>
    public string Http { get; init; } = $"127.0.0.1:{ClusterDefaults.HttpPort}";

    /// <summary>Slots: trials trained at a time.</summary>
    public int Slots { get; init; } = Environment.ProcessorCount;

    /// <summary>Threads that train one trial together.</summary>
    public int ThreadsPerTrial { get; init; } = 1;

    /// <summary>Whether to talk of more than trouble.</summary>
    public bool Verbose { get; init; }

    /// <summary>The SQLite file.</summary>
    public string SqliteFile => Path.Combine(Home, "approx.db");

    /// <summary><see cref="Http"/> as an end point; null for none or a faulty one.</summary>
    public IPEndPoint? HttpEndPoint =>
        int.TryParse(Http, out _) && IPEndPoint.TryParse($"127.0.0.1:{Http}", out var local) ? local
        : Http.Contains(':') && IPEndPoint.TryParse(Http, out var given) ? given
        : null;

    /// <summary>Whether there is to be no HTTP.</summary>
    public bool HttpOff => Http == "off";
}
