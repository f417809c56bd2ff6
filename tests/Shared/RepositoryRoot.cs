namespace ApproxCluster.Testing;

/// <summary>The clone that the tests were built in. Found from the binaries: paths that the compiler records are mapped away in a build server's deterministic build.</summary>
internal static class RepositoryRoot
{
    /// <summary>The folder of the solution.</summary>
    public static string Folder { get; } = Find();

    /// <summary>A path below the root.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Folder, .. parts]);

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ApproxCluster.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} has ApproxCluster.sln.");
        }

        return folder;
    }
}
