namespace ApproxCluster.Engine.Tests;

public sealed class OutputTailTests
{
    [Fact]
    public void Add_AProgressBar_KeepsWhatWasDrawnLast()
    {
        var tail = new OutputTail();

        tail.Add("  0%|      |\r 50%|###   |\r100%|######|\r");
        tail.Add("Traceback");

        Assert.Equal("100%|######|\nTraceback", tail.Text);
    }
}
