using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ApproxCluster.Testing;

/// <summary>
/// A PostgreSQL server of the test's own: Debian's binaries, a new data folder, a free loopback port, trust authentication, no fsync unless asked for. Ends with the fixture and with the process.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>Why there is none, for Assert.Skip; null where the binaries are.</summary>
    public static string? Missing { get; } =
        Binaries() is null ? "PostgreSQL is not installed: apt-get install postgresql (no service needed)." : null;

    private readonly Process server;
    private readonly string folder;

    private PostgresServer(Process server, string folder, int port)
    {
        (this.server, this.folder, Port) = (server, folder, port);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Kill();
    }

    /// <summary>The loopback port.</summary>
    public int Port { get; }

    /// <summary>An Npgsql connection string for a database.</summary>
    public string ConnectionString(string database = "postgres") =>
        FormattableString.Invariant($"Host=127.0.0.1;Port={Port};Username=postgres;Database={database};Maximum Pool Size=20");

    /// <summary>Initializes and starts a server, and waits until it answers.</summary>
    /// <param name="durable">Whether a commit waits for the disk, as a server's does by default.</param>
    public static async Task<PostgresServer> StartAsync(bool durable = false)
    {
        var binaries = Binaries() ?? throw new InvalidOperationException(Missing);
        var folder = Directory.CreateTempSubdirectory("approx-postgres-").FullName;
        if (Environment.UserName == "root")
        {
            await RunAsync("chown", "postgres", folder);
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var data = Path.Combine(folder, "data");
        await RunAsServerUserAsync(Path.Combine(binaries, "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync");
        var port = FreePort();
        var server = Start(AsServerUser(
            Path.Combine(binaries, "postgres"), "-D", data, "-p", FormattableString.Invariant($"{port}"), "-c", "listen_addresses=127.0.0.1",
            "-c", $"unix_socket_directories={folder}", "-c", durable ? "fsync=on" : "fsync=off", "-c", "max_connections=200"));
        var ready = new PostgresServer(server, folder, port);
        for (var attempt = 0; attempt < 300; attempt++)
        {
            if (server.HasExited)
            {
                throw new InvalidOperationException($"postgres ended with {server.ExitCode}: {await server.StandardError.ReadToEndAsync()}");
            }

            using var probe = Start(AsServerUser(Path.Combine(binaries, "pg_isready"), "-h", "127.0.0.1", "-p", FormattableString.Invariant($"{port}")));
            await probe.WaitForExitAsync();
            if (probe.ExitCode == 0)
            {
                _ = server.StandardError.ReadToEndAsync();
                _ = server.StandardOutput.ReadToEndAsync();
                return ready;
            }

            await Task.Delay(100);
        }

        ready.Kill();
        throw new InvalidOperationException("postgres did not answer within 30 s.");
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Kill();
        await server.WaitForExitAsync();
        server.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string? Binaries()
    {
        var folders = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(folder => Path.Combine(folder, "bin"))
            : [];
        return folders.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));
    }

    private static string[] AsServerUser(params string[] command) => Environment.UserName == "root"
        ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", .. command]
        : command;

    private static Task RunAsServerUserAsync(params string[] command) => RunAsync(AsServerUser(command));

    private static async Task RunAsync(params string[] command)
    {
        using var process = Start(command);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{command[0]} ended with {process.ExitCode}: {await output}{errors}");
        }
    }

    private static Process Start(string[] command) => Process.Start(new ProcessStartInfo(command[0], command[1..])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        WorkingDirectory = Path.GetTempPath(),
    })!;

    private void Kill()
    {
        try
        {
            if (!server.HasExited)
            {
                server.Kill(entireProcessTree: true);
            }
        }
        catch (InvalidOperationException)
        {
            // It has ended meanwhile.
        }
    }
}
