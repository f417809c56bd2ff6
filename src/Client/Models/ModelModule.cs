using System.CommandLine;
using ApproxCluster.Client.Commands;

namespace ApproxCluster.Client.Models;

/// <summary>The commands that use what a sweep has found.</summary>
internal sealed class ModelModule : ICommandModule
{
    /// <inheritdoc />
    public void Register(RootCommand root)
    {
        root.Subcommands.Add(PredictCommand.Create());
        root.Subcommands.Add(ModelCommand.Create());
    }
}
