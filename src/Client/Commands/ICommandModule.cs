using System.CommandLine;
using ApproxCluster.Client.Sources;

namespace ApproxCluster.Client.Commands;

/// <summary>
/// A part of the command line that adds its commands by itself: every class of this assembly that implements it and has a constructor without
/// parameters is found at start.
/// </summary>
internal interface ICommandModule
{
    /// <summary>Adds commands to the root.</summary>
    void Register(RootCommand root);
}

/// <summary>The module that talks to clusters. It is absent from a build without Orleans; then <c>--cluster</c> is refused.</summary>
internal interface IClusterModule : ICommandModule
{
    /// <summary>Opens the sweeps of a cluster for <c>ls</c>, <c>show</c> and <c>export</c>. Throws <see cref="CommandException"/> when it cannot be reached.</summary>
    /// <param name="cluster">The value of <c>--cluster</c>.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    Task<ISweepSource> OpenAsync(string cluster, CancellationToken cancellationToken);

    /// <summary>Does <c>resume ID --cluster ...</c>, with or without <c>--retry-failed</c>, and returns the exit code.</summary>
    Task<int> ResumeAsync(string cluster, string sweep, bool retryFailed, CommandContext context, CancellationToken cancellationToken);
}
