using System.Net;
using System.Net.Sockets;
using ApproxCluster.Silo.Options;

namespace ApproxCluster.Silo.Hosting;

/// <summary>Orleans must know its ports before it listens.</summary>
internal static class Ports
{
    /// <summary>The settings with every 0 of the silo's own ports replaced by a free port, and with a name.</summary>
    public static SiloSettings Fix(SiloSettings settings)
    {
        // Both are held until both are known, lest they be the same.
        using var silo = Hold(settings.Advertise, settings.SiloPort);
        using var gateway = Hold(settings.Advertise, settings.GatewayPort);
        var siloPort = Port(silo) ?? settings.SiloPort;
        return settings with
        {
            SiloPort = siloPort,
            GatewayPort = Port(gateway) ?? settings.GatewayPort,
            Name = settings.Name ?? FormattableString.Invariant($"{Environment.MachineName}:{siloPort}"),
        };
    }

    private static TcpListener? Hold(string address, int port)
    {
        if (port != 0)
        {
            return null;
        }

        var listener = new TcpListener(IPAddress.Parse(address), 0);
        listener.Start();
        return listener;
    }

    private static int? Port(TcpListener? listener) => ((IPEndPoint?)listener?.LocalEndpoint)?.Port;
}
