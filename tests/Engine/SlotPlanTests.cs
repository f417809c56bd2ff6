namespace ApproxCluster.Engine.Tests;

public sealed class SlotPlanTests
{
    [Fact]
    public void Claim_LongSegments_AsksForNoMoreThanTheSlots()
    {
        var plan = new SlotPlan(4);

        Assert.Equal(4, plan.Claim());
        Assert.Equal(0, plan.Claim());
        plan.Release(1);
        Assert.Equal(1, plan.Claim());
    }

    [Fact]
    public void Claim_ShortSegments_AsksAheadUpToABound()
    {
        var plan = new SlotPlan(2);
        for (var segment = 0; segment < 200; segment++)
        {
            plan.Ended(1e-5);
        }

        Assert.InRange(plan.Claim(), 3, 2 * 33);
    }
}
