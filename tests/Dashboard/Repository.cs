using System.Diagnostics;
using ApproxCluster.Testing;

namespace ApproxCluster.Dashboard.Tests;

/// <summary>Files of the repository, and programs of the machine.</summary>
internal static class Repository
{
    public static string Root => RepositoryRoot.Folder;

    public static string Read(params string[] parts) => File.ReadAllText(PathOf(parts));

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>A program on PATH; the test is skipped, saying what to install, when there is none.</summary>
    public static string Program(string name, string package)
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(found is null, $"There is no {name} on PATH. Install it with: apt-get install --no-install-recommends {package}");
        return found!;
    }

    /// <summary>Runs a program to its end.</summary>
    public static async Task<(int Code, string Output)> RunAsync(string program, string folder, byte[]? input, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var outputs = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (input is not null)
        {
            await process.StandardInput.BaseStream.WriteAsync(input);
        }

        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(await outputs));
    }
}
