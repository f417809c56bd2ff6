namespace ApproxCluster.Trainer.Tests;

public class TeamPaceTests
{
    private const long Frequency = 1_000_000;

    [Theory]
    [InlineData(2, 900, true)]
    [InlineData(2, 1_100, false)]
    [InlineData(4, 2_900, true)]
    [InlineData(4, 3_100, false)]
    public void Pays_WaitingForHelpers_UntilTheCallerAloneWouldBeFaster(int size, long wait, bool expected)
    {
        var pace = new TeamPace(size, Frequency);
        var now = Rounds(pace, 0, 32, wait);

        Assert.Equal(expected, pace.Pays(now));
    }

    [Fact]
    public void Pays_AFewLongWaits_IsNotDoubted()
    {
        var pace = new TeamPace(2, Frequency);
        var now = Rounds(pace, 0, 31, 1_000_000);

        Assert.True(pace.Pays(now));
    }

    [Fact]
    public void Pays_StillWaiting_TriesAgainTwiceAsLateEachTime()
    {
        var pace = new TeamPace(2, Frequency);
        var took = Rounds(pace, 0, 32, 2_000);
        Assert.False(pace.Pays(17 * took - 1));
        Assert.True(pace.Pays(17 * took));

        var now = Rounds(pace, 17 * took, 32, 2_000);
        Assert.False(pace.Pays(now + 32 * took - 1));
        Assert.True(pace.Pays(now + 32 * took));

        // Good once, so the next rest is a short one again.
        now = Rounds(pace, now + 32 * took, 32, 0);
        now = Rounds(pace, now, 32, 2_000);
        Assert.False(pace.Pays(now + 16 * took - 1));
        Assert.True(pace.Pays(now + 16 * took));
    }

    // Rounds of which the caller's own part takes a millisecond.
    private static long Rounds(TeamPace pace, long now, int count, long wait)
    {
        for (var round = 0; round < count; round++)
        {
            now += 1_000 + wait;
            pace.Add(1_000, wait, now);
        }

        return now;
    }
}
