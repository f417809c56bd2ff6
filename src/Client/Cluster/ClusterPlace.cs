using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ApproxCluster.Client.Commands;
using ApproxCluster.Contracts;
using Npgsql;

namespace ApproxCluster.Client.Cluster;

/// <summary>Where a cluster is: gateways of silos, or the database that names them.</summary>
/// <param name="Text">For messages; without a password.</param>
/// <param name="Gateways">The gateways; null when the database names them.</param>
/// <param name="Postgres">Connection string; null when the gateways are given.</param>
internal sealed record ClusterPlace(string Text, IReadOnlyList<IPEndPoint>? Gateways, string? Postgres)
{
    private const string Rule = "but must be host[:port], several of them with commas, or a PostgreSQL connection string. Use localhost for a silo on this machine.";

    /// <summary>Reads <c>localhost</c>, <c>host:port,host:port</c> or <c>Host=...;Database=...</c>.</summary>
    public static async Task<ClusterPlace> ReadAsync(string text, CancellationToken cancellationToken)
    {
        if (text.Contains('='))
        {
            return ReadPostgres(text);
        }

        var gateways = new List<IPEndPoint>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var (host, port) = Split(part) ?? throw Wrong(text);
            gateways.AddRange((await ResolveAsync(host, cancellationToken)).Select(address => new IPEndPoint(address, port)));
        }

        return new ClusterPlace(text, gateways, null);
    }

    private static ClusterPlace ReadPostgres(string text)
    {
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(text);
            return string.IsNullOrWhiteSpace(builder.Host)
                ? throw CommandException.Usage("--cluster is a connection string without a Host. Write it like Host=db;Database=approx;Username=approx.")
                : new ClusterPlace(Terminal($"database {builder.Database ?? builder.Username} on {builder.Host}:{builder.Port}"), null, text);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            throw CommandException.Usage("--cluster cannot be read as a connection string. Write it like Host=db;Database=approx;Username=approx.");
        }
    }

    private static (string Host, int Port)? Split(string part)
    {
        if (IPEndPoint.TryParse(part, out var endPoint))
        {
            return (endPoint.Address.ToString(), endPoint.Port == 0 ? ClusterDefaults.GatewayPort : endPoint.Port);
        }

        var colon = part.LastIndexOf(':');
        var host = colon < 0 ? part : part[..colon];
        var port = ClusterDefaults.GatewayPort;
        return Uri.CheckHostName(host) == UriHostNameType.Dns
            && (colon < 0 || (int.TryParse(part.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= IPEndPoint.MaxPort))
            ? (host, port)
            : null;
    }

    private static async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            // Silos listen on one address, of the family that most networks speak.
            var addresses = await Dns.GetHostAddressesAsync(host, cancellationToken);
            var preferred = addresses.Where(address => address.AddressFamily == AddressFamily.InterNetwork).ToArray();
            return preferred.Length > 0 ? preferred : addresses;
        }
        catch (SocketException exception)
        {
            throw new CommandException(ExitCodes.Unreachable, $"No address is known for '{host}': {exception.Message} Check --cluster.", exception);
        }
    }

    private static CommandException Wrong(string text) => CommandException.Usage($"--cluster is '{text}', {Rule}");

    private static string Terminal(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
