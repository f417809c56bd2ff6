namespace ApproxCluster.EndToEnd.Tests;

/// <summary>What the README promises of its first command. The numbers are the same on every machine, so it can show them.</summary>
public sealed class ReadmeTests : Workplace
{
    [Fact]
    public async Task Quickstart_AsTheReadmeRunsIt_PrintsWhatTheReadmeShows()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"));
        var begin = readme.IndexOf("```text\n", StringComparison.Ordinal) + "```text\n".Length;
        var shown = readme[begin..readme.IndexOf("```", begin, StringComparison.Ordinal)].Split('\n', StringSplitOptions.RemoveEmptyEntries);

        var ended = await ApproxAsync("run", Path.Combine(Repository.Root, "examples", "quickstart.yaml"), "-q");

        var printed = ended.Output.Split('\n').Select(line => line.TrimEnd()).ToHashSet(StringComparer.Ordinal);
        Assert.Contains(shown, line => line.StartsWith("digest ", StringComparison.Ordinal));
        Assert.Subset(printed, shown.Select(line => line.TrimEnd()).ToHashSet(StringComparer.Ordinal));
    }
}
