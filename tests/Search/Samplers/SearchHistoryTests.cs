namespace ApproxCluster.Search.Tests;

public class SearchHistoryTests
{
    [Theory]
    [InlineData("", "", false)]
    [InlineData("", "Pruned", true)]
    [InlineData("", "Paused Completed", true)]
    [InlineData("", "Pruned Completed Failed", false)]
    [InlineData("", "Running", false)]
    [InlineData("Pruned Completed", "", true)]
    [InlineData("Pruned", "Running", true)]
    [InlineData("Pruned Pruned", "Completed", false)]
    [InlineData("Completed Completed", "Pruned", true)]
    public void IsPruned_EarlierTrials_CountUntilOneOfThisSearchHasEnded(string earlier, string own, bool expected)
    {
        var history = new SearchHistory();
        foreach (var state in States(earlier))
        {
            history.AddPrior(new(0, new([]), state, 1));
        }

        foreach (var state in States(own))
        {
            history.Set(new(history.Count, new([]), state, 1));
        }

        Assert.Equal(expected, history.IsPruned);
    }

    private static IEnumerable<TrialState> States(string names) => names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<TrialState>);
}
