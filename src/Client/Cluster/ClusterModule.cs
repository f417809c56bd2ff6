using System.CommandLine;
using ApproxCluster.Client.Commands;
using ApproxCluster.Client.Sources;

namespace ApproxCluster.Client.Cluster;

/// <summary>The commands that talk to silos.</summary>
internal sealed class ClusterModule : IClusterModule
{
    /// <inheritdoc />
    public void Register(RootCommand root)
    {
        root.Subcommands.Add(SubmitCommand.Create());
        root.Subcommands.Add(WatchCommand.Create());
        root.Subcommands.Add(SteerCommand.Create("pause", "Start nothing new of a sweep; what runs goes on to the end of its segment.", sweep => sweep.Pause));
        root.Subcommands.Add(SteerCommand.Create("stop", "End a sweep when its running trials have ended.", sweep => sweep.Stop));
        root.Subcommands.Add(SteerCommand.Create("cancel", "End a sweep and its trials at once.", sweep => sweep.Cancel));
        root.Subcommands.Add(SiloCommand.Create());
    }

    /// <inheritdoc />
    public async Task<ISweepSource> OpenAsync(string cluster, CancellationToken cancellationToken) =>
        new ClusterSource(await ClusterConnection.OpenAsync(cluster, cancellationToken));

    /// <inheritdoc />
    public Task<int> ResumeAsync(string cluster, string sweep, bool retryFailed, CommandContext context, CancellationToken cancellationToken) =>
        SteerCommand.RunAsync(cluster, sweep, grain => retryFailed ? grain.Retry : grain.Resume, context, cancellationToken);

    /// <summary>The cluster that is meant where none is named: that of this machine.</summary>
    public static string Place(CommandContext context) => context.Cluster ?? "localhost";
}
