using System.CommandLine;
using ApproxCluster.Client.Rendering;

namespace ApproxCluster.Client.Commands;

/// <summary>What a command needs besides its own arguments: where to print, where things are kept, the clock.</summary>
internal sealed class CommandContext
{
    private readonly ParseResult parsed;

    private CommandContext(ParseResult parsed)
    {
        this.parsed = parsed;
        var configuration = parsed.InvocationConfiguration;
        Terminal = new Terminal(configuration.Output, configuration.Error, parsed.GetValue(GlobalOptions.NoColor), parsed.GetValue(GlobalOptions.Quiet));
    }

    /// <summary>Standard output and error under the rules of this command line.</summary>
    public Terminal Terminal { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; } = TimeProvider.System;

    /// <summary>Form of the result.</summary>
    public OutputForm Output => parsed.GetValue(GlobalOptions.Output) switch
    {
        "json" => OutputForm.Json,
        "csv" => OutputForm.Csv,
        _ => OutputForm.Table,
    };

    /// <summary>Folder where sweeps are kept, as a full path.</summary>
    public string Home => Path.GetFullPath(parsed.GetValue(GlobalOptions.Home) ?? Environment("APPROX_HOME") ?? ".approx");

    /// <summary>Folder of data sets that the user asked for, as a full path, or null.</summary>
    public string? Data => (parsed.GetValue(GlobalOptions.Data) ?? Environment("APPROX_DATA")) is { } folder ? Path.GetFullPath(folder) : null;

    /// <summary>The cluster that the user asked for (--cluster, else APPROX_CLUSTER), or null for this machine.</summary>
    public string? Cluster => parsed.GetValue(GlobalOptions.Cluster) ?? Environment("APPROX_CLUSTER");

    /// <summary>The context of an invocation.</summary>
    public static CommandContext Of(ParseResult parsed) => new(parsed);

    private static string? Environment(string name) => System.Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}

/// <summary>Form of the result on standard output.</summary>
internal enum OutputForm
{
    Table,
    Json,
    Csv,
}
