using System.CommandLine;

namespace ApproxCluster.Client.Commands;

/// <summary>The commands that need no cluster.</summary>
internal sealed class LocalModule : ICommandModule
{
    /// <inheritdoc />
    public void Register(RootCommand root)
    {
        root.Subcommands.Add(CheckCommand.Create());
        root.Subcommands.Add(RunCommand.Create());
        root.Subcommands.Add(ResumeCommand.Create());
        root.Subcommands.Add(ListCommand.Create());
        root.Subcommands.Add(ShowCommand.Create());
        root.Subcommands.Add(ImportanceCommand.Create());
        root.Subcommands.Add(CompareCommand.Create());
        root.Subcommands.Add(ExportCommand.Create());
        root.Subcommands.Add(RehearseCommand.Create());
        root.Subcommands.Add(SchemaCommand.Create());
    }
}
