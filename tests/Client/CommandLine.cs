using ApproxCluster.Client.Commands;

namespace ApproxCluster.Client.Tests;

/// <summary>Runs command lines in this process, each with a folder of its own.</summary>
internal sealed class CommandLine : IDisposable
{
    public CommandLine() => Folder = Directory.CreateTempSubdirectory("approx-client-").FullName;

    public string Folder { get; }

    public string Home => Path.Combine(Folder, "home");

    public string Write(string name, string text)
    {
        var file = Path.Combine(Folder, name);
        File.WriteAllText(file, text);
        return file;
    }

    public async Task<CommandResult> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var home = arguments.Contains("--home") ? [] : new[] { "--home", Home };
        var exitCode = await CommandTree.RunAsync([.. arguments, .. home], output, error, CancellationToken.None);
        return new CommandResult(exitCode, output.ToString(), error.ToString());
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

/// <summary>What a command line did.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error);
