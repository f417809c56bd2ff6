using System.CommandLine;
using ApproxCluster.Client.Commands;

namespace ApproxCluster.Client.Models;

/// <summary>Arguments that the commands on models share.</summary>
internal static class ModelOptions
{
    /// <summary>The name for standard input or output.</summary>
    public const string Pipe = "-";

    /// <summary>The sweep.</summary>
    public static Argument<string> Sweep() => new("ID") { Description = "The sweep, as 'approx ls' names it." };

    /// <summary>The trial.</summary>
    public static Argument<int> Trial() => new("TRIAL") { Description = "Number of the trial; its model is that of its best epoch.", CustomParser = result => WholeNumber.Parse(result, "TRIAL") ?? 0 };

    /// <summary>The file to write; here -o is a file, not the form of the result.</summary>
    public static Option<string?> File(string description) => new("--output", "-o") { Description = description, HelpName = "FILE" };
}
