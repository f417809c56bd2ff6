using ApproxCluster.Testing;

namespace ApproxCluster.Search.Tests;

/// <summary>The working tree that the tests were built in.</summary>
internal static class Repository
{
    /// <summary>Set to 1, tests write the generated files instead of comparing them.</summary>
    public const string UpdateVariable = "APPROX_UPDATE";

    /// <summary>The folder of the solution.</summary>
    public static string Root => RepositoryRoot.Folder;

    /// <summary>A file's path from the root.</summary>
    public static string File(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Asserts that a generated file is up to date, or writes it when the variable says so.</summary>
    public static void IsUpToDate(string path, string expected)
    {
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            System.IO.File.WriteAllText(path, expected);
        }

        var actual = System.IO.File.Exists(path) ? System.IO.File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        Assert.True(
            actual == expected,
            $"{Path.GetRelativePath(Root, path)} is not what the code generates. Run the tests of Search once with {UpdateVariable}=1 and commit the file.");
    }
}
