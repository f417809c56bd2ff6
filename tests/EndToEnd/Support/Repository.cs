using ApproxCluster.Testing;

namespace ApproxCluster.EndToEnd.Tests;

/// <summary>The clone that these tests were built from.</summary>
internal static class Repository
{
    /// <summary>Its root.</summary>
    public static string Root => RepositoryRoot.Folder;

    /// <summary>The built command line.</summary>
    public static string Program { get; } = Path.Combine(Root, "artifacts", "bin", "ApproxCluster.Client", Configuration, "approx.dll");

    /// <summary>The silo's program; it is missing where the Orleans packages could not be restored.</summary>
    public static string Silo { get; } = Path.Combine(Root, "artifacts", "bin", "ApproxCluster.Silo", Configuration, "ApproxCluster.Silo.dll");

    private static string Configuration => Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
}
