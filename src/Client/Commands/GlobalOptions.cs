using System.CommandLine;

namespace ApproxCluster.Client.Commands;

/// <summary>Options that every command takes, before or after its name.</summary>
internal static class GlobalOptions
{
    public static readonly Option<string?> Home = new("--home")
    {
        Description = "Folder where sweeps are kept. Default: $APPROX_HOME, else .approx in the current folder.",
        HelpName = "DIR",
        Recursive = true,
    };

    public static readonly Option<string?> Data = new("--data")
    {
        Description = "Folder of data sets such as mnist/. Default: $APPROX_DATA, else the current folder; then beside the sweep file.",
        HelpName = "DIR",
        Recursive = true,
    };

    public static readonly Option<string?> Cluster = new("--cluster")
    {
        Description = "Use a cluster instead of this machine, such as localhost or a PostgreSQL connection string.",
        HelpName = "WHERE",
        Recursive = true,
    };

    public static readonly Option<string> Output = OutputOption();

    public static readonly Option<bool> Quiet = new("--quiet", "-q")
    {
        Description = "Say nothing on the way; print results only.",
        Recursive = true,
    };

    public static readonly Option<bool> NoColor = new("--no-color")
    {
        Description = "No colours; also where NO_COLOR is set.",
        Recursive = true,
    };

    public static readonly Option<bool> Verbose = new("--verbose")
    {
        Description = "Show the stack trace of an error.",
        Recursive = true,
    };

    /// <summary>Those that every command has; <see cref="Output"/> is not for those whose <c>-o</c> is a file.</summary>
    public static IReadOnlyList<Option> All => [Home, Data, Cluster, Quiet, NoColor, Verbose];

    private static Option<string> OutputOption()
    {
        var option = new Option<string>("--output", "-o")
        {
            Description = "Form of the result on standard output.",
            DefaultValueFactory = _ => "table",
        };
        option.AcceptOnlyFromAmong("table", "json", "csv");
        return option;
    }
}
