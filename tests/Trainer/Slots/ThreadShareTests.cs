namespace ApproxCluster.Trainer.Tests;

public class ThreadShareTests
{
    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(1, 1, 0, 1)]
    [InlineData(2, 1, 1, 2)]
    [InlineData(2, 1, 2, 1)]
    [InlineData(16, 1, 1, 16)]
    [InlineData(16, 1, 3, 4)]
    [InlineData(16, 1, 5, 2)]
    [InlineData(16, 1, 9, 1)]
    [InlineData(4, 3, 4, 3)]
    [InlineData(4, 3, 2, 6)]
    [InlineData(4096, 1, 1, 1024)]
    public void Threads_SomeSlotsBusy_AreSharedByPowersOfTwo(int slots, int threadsPerTrial, int busy, int expected)
    {
        var share = new ThreadShare(slots, threadsPerTrial);
        for (var slot = 0; slot < busy; slot++)
        {
            share.Begin();
        }

        Assert.Equal(expected, share.Threads);
    }

    [Fact]
    public void TeamOf_SmallTrial_IsOfNoMoreThanItHasUseFor()
    {
        using var slot = new Slot(0, new ThreadShare(8, 1), niceness: 0);

        Assert.Equal(3, slot.TeamOf(3)!.Size);
        Assert.Null(slot.TeamOf(1));
    }

    [Fact]
    public void TeamOf_OthersComeAndGo_IsOfTheThreadsThatAreThere()
    {
        var share = new ThreadShare(4, 1);
        using var slot = new Slot(0, share, niceness: 0);
        share.Begin();
        var all = slot.TeamOf(100)!;
        Assert.Equal((4, true), (all.Size, all.IsFree));

        share.Begin();
        Assert.False(all.IsFree);
        var half = slot.TeamOf(100)!;
        Assert.Equal((2, true), (half.Size, half.IsFree));

        share.Begin();
        Assert.Null(slot.TeamOf(100));
        Assert.False(half.IsFree);

        share.End();
        Assert.Same(half, slot.TeamOf(100));
    }
}
