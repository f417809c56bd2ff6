using System.CommandLine;

namespace ApproxCluster.Silo.Options;

/// <summary>The silo's command line: every option has a default, so that none is needed on one machine.</summary>
internal static class SiloCommandLine
{
    private static readonly SiloSettings Defaults = new();

    private static readonly Option<string?> Postgres = Text("--postgres", "CONNECTION",
        "Join the cluster of this database (Npgsql connection string). Default: $APPROX_POSTGRES, else a cluster of one with a SQLite file.");

    private static readonly Option<string?> Home = Text("--home", "DIR", "Folder of the SQLite file. Default: $APPROX_HOME, else .approx in the current folder.");
    private static readonly Option<string?> Data = Text("--data", "DIR", "Folder of data sets, the same on every silo. Default: $APPROX_DATA, else the current folder.");
    private static readonly Option<string?> ClusterId = Text("--cluster-id", "NAME", $"Name of the cluster within the database. Default: {Defaults.ClusterId}.");
    private static readonly Option<string?> Name = Text("--name", "NAME", "Name of this silo. Default: machine and silo port.");
    private static readonly Option<string?> Advertise = Text("--advertise", "IP", $"Address that silos and clients reach this one at. Default: {Defaults.Advertise}.");
    private static readonly Option<string?> Http = Text("--http", "[IP:]PORT|off", $"Page, API and /metrics; port 0 for a free one. Default: {Defaults.Http}.");
    private static readonly Option<int?> SiloPort = Number("--silo-port", $"Port for other silos, 0 for a free one. Default: {Defaults.SiloPort}.");
    private static readonly Option<int?> GatewayPort = Number("--gateway-port", $"Port for clients, 0 for a free one. Default: {Defaults.GatewayPort}.");
    private static readonly Option<int?> Slots = Number("--slots", "Trials trained at a time. Default: cores, divided by the threads of a trial.");
    private static readonly Option<int?> Threads = Number("--threads-per-trial", $"Threads that train one trial together. Results do not depend on it. Default: {Defaults.ThreadsPerTrial}.");
    private static readonly Option<bool> AllowCommands = new("--allow-commands")
    {
        Description = "Let sweeps run programs (trainer: command) as this user. Whoever can reach the cluster can then run anything. Default: $APPROX_ALLOW_COMMANDS is true or 1.",
    };

    private static readonly Option<bool> Verbose = new("--verbose") { Description = "Talk of more than trouble, and show stack traces." };

    /// <summary>Runs the silo that the arguments describe, or says what is wrong with them.</summary>
    public static async Task<int> RunAsync(string[] args, Func<SiloSettings, Task<int>> run)
    {
        var root = new RootCommand("A silo of ApproxCluster: trains sweeps, alone or as one of a cluster.")
        {
            Postgres, Home, Data, ClusterId, Name, Advertise, SiloPort, GatewayPort, Http, Slots, Threads, AllowCommands, Verbose,
        };
        root.SetAction((parsed, _) => run(Read(parsed)));
        var result = root.Parse(args);
        if (result.Errors.Count > 0)
        {
            foreach (var error in result.Errors)
            {
                await Console.Error.WriteLineAsync(error.Message);
            }

            return SiloExit.Usage;
        }

        // The host listens to signals itself.
        return await result.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
    }

    private static SiloSettings Read(ParseResult parsed) => Defaults with
    {
        Postgres = parsed.GetValue(Postgres) ?? Variable("APPROX_POSTGRES"),
        Home = Path.GetFullPath(parsed.GetValue(Home) ?? Variable("APPROX_HOME") ?? Defaults.Home),
        DataFolder = Path.GetFullPath(parsed.GetValue(Data) ?? Variable("APPROX_DATA") ?? Defaults.DataFolder),
        ClusterId = parsed.GetValue(ClusterId) ?? Defaults.ClusterId,
        Name = parsed.GetValue(Name),
        Advertise = parsed.GetValue(Advertise) ?? Defaults.Advertise,
        SiloPort = parsed.GetValue(SiloPort) ?? Defaults.SiloPort,
        GatewayPort = parsed.GetValue(GatewayPort) ?? Defaults.GatewayPort,
        Http = parsed.GetValue(Http) ?? Defaults.Http,
        Slots = parsed.GetValue(Slots) ?? Math.Max(1, Defaults.Slots / Math.Max(1, parsed.GetValue(Threads) ?? Defaults.ThreadsPerTrial)),
        ThreadsPerTrial = parsed.GetValue(Threads) ?? Defaults.ThreadsPerTrial,
        AllowCommands = parsed.GetValue(AllowCommands) || Variable("APPROX_ALLOW_COMMANDS") is "true" or "1",
        Verbose = parsed.GetValue(Verbose),
    };

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static Option<string?> Text(string name, string value, string description) => new(name) { HelpName = value, Description = description };

    private static Option<int?> Number(string name, string description) => new(name) { HelpName = "N", Description = description };
}

/// <summary>What the process ends with.</summary>
internal static class SiloExit
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int Unreachable = 3;
}
