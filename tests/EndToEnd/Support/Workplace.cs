using System.Text.Json.Nodes;

namespace ApproxCluster.EndToEnd.Tests;

/// <summary>An empty folder to work in.</summary>
public abstract class Workplace : IDisposable
{
    /// <summary>The folder.</summary>
    protected string Folder { get; } = Directory.CreateTempSubdirectory("approx-e2e-").FullName;

    /// <inheritdoc />
    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Writes a file.</summary>
    protected string Write(string name, string text)
    {
        var file = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    /// <summary>Writes a file.</summary>
    protected void Write(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(Folder, name), bytes);

    private protected Task<Ended> ApproxAsync(params string[] arguments) => ApproxProcess.RunAsync(Folder, arguments);

    private protected static string Digest(Ended ended)
    {
        Assert.True(ended.ExitCode == 0, ended.Error);
        return JsonNode.Parse(ended.Output)!["digest"]!.GetValue<string>();
    }
}
