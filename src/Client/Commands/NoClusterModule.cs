using System.CommandLine;

namespace ApproxCluster.Client.Commands;

/// <summary>Stands in for the cluster's commands in a build without Orleans and says why they are missing.</summary>
internal sealed class NoClusterModule : ICommandModule
{
    private static readonly (string Name, string Summary)[] Commands =
    [
        ("submit", "Send a sweep to a cluster."),
        ("watch", "Follow a sweep on a cluster."),
        ("pause", "Start nothing new of a sweep on a cluster."),
        ("stop", "End a sweep on a cluster when its running trials have ended."),
        ("cancel", "End a sweep on a cluster at once."),
    ];

    /// <summary>The refusal of anything that needs a cluster.</summary>
    public static CommandException Refusal(string what) => CommandException.Usage(
        $"{what} needs the cluster part, which this build lacks: the Orleans packages could not be restored when it was built. "
        + "Add a package source that has Microsoft.Orleans.* and build again, or use 'approx run' on this machine.");

    /// <inheritdoc />
    public void Register(RootCommand root)
    {
        foreach (var (name, summary) in Commands)
        {
            var command = new Command(name, summary + " (not in this build)") { TreatUnmatchedTokensAsErrors = false };
            command.SetAction(int (ParseResult _) => throw Refusal($"'approx {name}'"));
            root.Subcommands.Add(command);
        }
    }
}
