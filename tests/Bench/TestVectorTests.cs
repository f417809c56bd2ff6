using ApproxCluster.Bench.Search;
using ApproxCluster.Testing;

namespace ApproxCluster.Bench.Tests;

/// <summary>The benchmark's own values, where its folder is: beside the repository in shared/bench/search, or where APPROX_TEST_SEARCH_BENCH says.</summary>
public sealed class TestVectorTests
{
    [Fact]
    public void Check_EveryFunction_GivesTheBenchmarksValues()
    {
        var result = TestVectors.Check(Folder());

        Assert.Empty(result.Faults);
        Assert.Equal(351, result.Checked.Values.Sum());
        Assert.Equal(22, result.Checked.Count);
    }

    private static string Folder()
    {
        var folder = Environment.GetEnvironmentVariable("APPROX_TEST_SEARCH_BENCH") ?? RepositoryRoot.PathOf("..", "shared", "bench", "search");
        Assert.SkipUnless(Directory.Exists(folder), $"No search benchmark in {folder}: set APPROX_TEST_SEARCH_BENCH to a folder with spec/ and data/.");
        return folder;
    }
}
