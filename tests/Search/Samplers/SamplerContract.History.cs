namespace ApproxCluster.Search.Tests;

/// <content>What every sampler keeps as the history grows.</content>
public abstract partial class SamplerContract
{
    private const int Steps = 60;

    [Fact]
    public void Suggest_GrowingHistory_StaysInsideAndAFreshInstanceAgrees()
    {
        foreach (var (_, space) in Spaces())
        {
            AssertFreshAgrees(space, 1, Steps);
        }
    }

    [Fact]
    public void Suggest_SeveralObjectives_StaysInsideAndAFreshInstanceAgrees()
    {
        foreach (var objectives in new[] { 2, 3 })
        {
            AssertFreshAgrees(Space("nested"), objectives, Steps);
        }
    }

    [Fact]
    public void Suggest_AnotherHistory_ForgetsTheOneBefore()
    {
        var space = Space("nested");
        var (one, other) = (new GrowingHistory(), new GrowingHistory(cost: value => -value));
        var sampler = Create(space, 3);
        for (var number = 0; number < Steps; number++)
        {
            foreach (var growing in new[] { one, other })
            {
                if (sampler.Suggest(number, growing.History) is not { } point)
                {
                    return;
                }

                Assert.Equal(Create(space, 3).Suggest(number, growing.History), point);
                growing.Add(point);
            }
        }
    }

    [Fact]
    public void Suggest_ConstantObjective_StaysInsideAndAFreshInstanceAgrees() => AssertFreshAgrees(Space("nested"), 1, Steps, _ => 0.25);

    [Fact]
    public void Suggest_EverythingFailed_StaysInside()
    {
        var space = Space("nested");
        var sampler = Create(space, 1);
        var history = new SearchHistory();
        for (var number = 0; number < 30 && sampler.Suggest(number, history) is { } point; number++)
        {
            SpaceCheck.IsInside(space, point);
            history.Set(new(number, point, TrialState.Failed, null));
        }
    }

    [Fact]
    public void Suggest_HistoryOfAnotherSpace_StaysInside()
    {
        foreach (var (name, space) in Spaces())
        {
            var growing = new GrowingHistory();
            for (var number = 0; number < 20; number++)
            {
                foreach (var other in new[] { "nested", "all", "lists", "one real" })
                {
                    growing.Add(new RandomSampler(Space(other), 9).Suggest(number, [])!);
                }
            }

            var sampler = Create(space, 1);
            for (var number = growing.History.Count; number < 90 && sampler.Suggest(number, growing.History) is { } point; number++)
            {
                SpaceCheck.IsInside(space, point);
                growing.Add(point);
            }

            Assert.NotEmpty(name);
        }
    }

    private void AssertFreshAgrees(SearchSpace space, int objectives, int steps, Func<double, double>? cost = null)
    {
        var growing = new GrowingHistory(objectives, cost);
        var sampler = Create(space, 5, objectives);
        for (var number = 0; number < steps; number++)
        {
            var point = sampler.Suggest(number, growing.History);
            Assert.Equal(Create(space, 5, objectives).Suggest(number, growing.History), point);
            Assert.Equal(sampler.Suggest(number, growing.History), point);
            if (point is null)
            {
                return;
            }

            SpaceCheck.IsInside(space, point);
            growing.Add(point);
        }
    }
}
