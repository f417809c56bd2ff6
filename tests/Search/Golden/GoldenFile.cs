using ApproxCluster.Testing;

namespace ApproxCluster.Search.Tests;

/// <summary>Files that record what was written once and must be read for ever. They are copied beside the tests, and written in the source tree by the explicit tests only.</summary>
internal static class GoldenFile
{
    public static string Read(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", name));

    public static string[] Names(string pattern) =>
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Golden"), pattern).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public static void Write(string name, string text) => File.WriteAllText(RepositoryRoot.PathOf("tests", "Search", "Golden", name), text);
}
