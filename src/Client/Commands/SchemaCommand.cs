using System.CommandLine;
using ApproxCluster.Search;

namespace ApproxCluster.Client.Commands;

/// <summary><c>approx schema</c>: the JSON Schema of sweep files, for editors.</summary>
internal static class SchemaCommand
{
    public static Command Create()
    {
        var command = new Command("schema", "Print the JSON Schema of sweep files; editors complete and check with it.");
        command.SetAction(parsed =>
        {
            parsed.InvocationConfiguration.Output.Write(SweepSchema.Generate());
            return ExitCodes.Done;
        });
        return command;
    }
}
