using System.Text.RegularExpressions;
using ApproxCluster.Testing;

namespace ApproxCluster.Client.Tests;

/// <summary>Expected console texts, kept beside this file. APPROX_UPDATE=1 writes them anew, for a look at the difference.</summary>
internal static partial class GoldenText
{
    public static void Check(string name, string actual)
    {
        var file = RepositoryRoot.PathOf("tests", "Client", "Golden", name + ".txt");
        actual = Digest().Replace(actual.ReplaceLineEndings("\n"), "DIGEST");
        if (Environment.GetEnvironmentVariable("APPROX_UPDATE") == "1")
        {
            File.WriteAllText(file, actual);
        }

        Assert.True(File.Exists(file), $"{file} is missing.");
        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), actual);
    }

    // What goes into a digest is the journal's concern and tested there.
    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex Digest();
}
