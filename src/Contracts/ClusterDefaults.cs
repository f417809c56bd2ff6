namespace ApproxCluster.Contracts;

/// <summary>What silos and clients agree on unless told otherwise.</summary>
public static class ClusterDefaults
{
    /// <summary>Name of the cluster: silos of one name find each other.</summary>
    public const string ClusterId = "approx";

    /// <summary>Name of the service, the same for all clusters: reminders are kept under it.</summary>
    public const string ServiceId = "approx";

    /// <summary>Port that silos talk to each other on.</summary>
    public const int SiloPort = 11111;

    /// <summary>Port that clients connect to.</summary>
    public const int GatewayPort = 30000;

    /// <summary>Port of the page, the API and <c>/metrics</c>.</summary>
    public const int HttpPort = 9600;

    /// <summary>Name of the ADO.NET provider of the membership and reminder tables.</summary>
    public const string AdoNetInvariant = "Npgsql";

    /// <summary>A call that is not answered in this time has failed; the caller sends it again or gives up.</summary>
    public static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(10);
}
