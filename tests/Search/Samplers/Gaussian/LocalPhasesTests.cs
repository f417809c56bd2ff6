using ApproxCluster.Trainer;

namespace ApproxCluster.Search.Tests;

public sealed class LocalPhasesTests
{
    private const int Columns = 5;
    private const int Startups = 6;

    private static readonly SearchSpace Space = Of(Columns);

    [Fact]
    public void Update_NothingBetterForTwiceTheColumns_BeginsAPhase()
    {
        var (phases, history) = (new LocalPhases(Columns, Startups), new SearchHistory());
        Add(history, 1, 1);
        Add(history, 2 * Columns - 1, 2);
        phases.Update(history);
        Assert.Null(phases.Region);

        Add(history, 1, 2);
        phases.Update(history);
        Assert.NotNull(phases.Region);
        Assert.Equal([false, true], Enumerable.Range(11, 2).Select(phases.IsTurn));
    }

    [Fact]
    public void Update_BetterByNextToNothing_IsNoSuccess()
    {
        var (phases, history) = (new LocalPhases(Columns, Startups), new SearchHistory());
        Add(history, 30, [.. Enumerable.Range(0, 30).Select(number => 30.0 - number)]);
        for (var number = 0; number < 2 * Columns; number++)
        {
            Add(history, 1, 1 - 1e-5 * number);
        }

        phases.Update(history);
        Assert.NotNull(phases.Region);
    }

    [Fact]
    public void Update_StartupTrials_BeginNone()
    {
        var (phases, history) = (new LocalPhases(Columns, 40), new SearchHistory());
        Add(history, 40, 1);
        phases.Update(history);
        Assert.Null(phases.Region);

        Add(history, 1, 1);
        phases.Update(history);
        Assert.NotNull(phases.Region);
    }

    [Fact]
    public void Update_OnlyTheRegionsTrials_AreCountedForItsLength()
    {
        var (phases, history) = (new LocalPhases(Columns, Startups), new SearchHistory());
        Add(history, 2 * Columns + 1, 1);
        phases.Update(history);
        var initial = phases.Region!.Length;

        // Every second one is the region's: so many failures halve its length after twice as many trials.
        Add(history, 2 * Columns - 1, 1);
        phases.Update(history);
        Assert.Equal(initial, phases.Region.Length);

        Add(history, 1, double.NaN);
        phases.Update(history);
        Assert.Equal(initial / 2, phases.Region.Length);
    }

    [Fact]
    public void Update_TrialsChosenBeforeThePhase_AreNotCounted()
    {
        var (phases, history) = (new LocalPhases(Columns, Startups), new SearchHistory());
        Add(history, 2 * Columns, 1);
        var pending = Enumerable.Range(history.Count, 40).ToList();
        pending.ForEach(number => history.Set(new(number, Point(number), TrialState.Running, null)));
        Add(history, 1, 1);
        phases.Update(history);
        var initial = phases.Region!.Length;
        pending.ForEach(number => history.Set(history[number] with { State = TrialState.Completed, Cost = 2 }));
        phases.Update(history);

        Assert.Equal(initial, phases.Region!.Length);
    }

    [Fact]
    public void Update_NoSuccess_EndsThePhaseAndTakesTwiceAsLongToTheNext()
    {
        var (phases, history) = (new LocalPhases(Columns, Startups), new SearchHistory());
        var active = new List<bool>();
        while (history.Count < 200)
        {
            Add(history, 1, 1);
            phases.Update(history);
            active.Add(phases.Region is not null);
        }

        var first = active.IndexOf(true);
        var over = active.IndexOf(false, first);
        Assert.Equal(2 * Columns, first);
        Assert.Equal(4 * Columns, active.IndexOf(true, over) - over);
    }

    [Fact]
    public void Update_GrowingHistory_AgreesWithAFreshOne()
    {
        var (phases, growing) = (new LocalPhases(Columns, Startups), new GrowingHistory());
        var random = new RandomSampler(Space, 3);
        for (var number = 0; number < 150; number++)
        {
            growing.Add(random.Suggest(number, growing.History)!);
            if (number == 70)
            {
                growing.History.Set(growing.History[5] with { State = TrialState.Completed, Cost = 0.5 });
            }

            phases.Update(growing.History);
            var fresh = new LocalPhases(Columns, Startups);
            fresh.Update(growing.History);
            Assert.Equal(fresh.Region?.Length, phases.Region?.Length);
            Assert.Equal(fresh.IsTurn(number + 1), phases.IsTurn(number + 1));
        }
    }

    [Theory]
    [InlineData(5, 50, true)]
    [InlineData(5, 51, false)]
    [InlineData(4, 50, false)]
    public void Suggest_NothingBetterForLong_EverySecondIsTheRegionsInFiveColumnsOrMore(int columns, int count, bool isLocal)
    {
        var searched = Of(columns);
        var (history, random) = (new SearchHistory(), new RandomSampler(searched, 1));
        foreach (var point in Enumerable.Range(0, count).Select(number => random.Suggest(number, history)!).OrderBy(Bowl))
        {
            history.Set(new(history.Count, point, TrialState.Completed, Bowl(point)));
        }

        var (space, kernel) = (new GaussianSpace(searched), new MaternKernel(new bool[columns]));
        var order = Enumerable.Range(0, count).ToList();
        var data = GaussianData.Of(space, history, order, CostsOf.One(history, order));
        var phases = new LocalPhases(columns, 10);
        phases.Update(history);
        var model = new GaussianFits(kernel).Model(data);
        var draws = new Philox(Seeds.Derive(3, "sampler.gp"), (ulong)count);
        var expected = space.Decode(new LocalSearch(space, kernel).Suggest(model, data.Points, phases.Region!.Length, draws)!);

        var suggested = new GaussianSampler(new(), new() { Space = searched, Seed = 3 }).Suggest(count, history)!;

        Assert.Equal(isLocal, expected.Equals(suggested));
    }

    private static SearchSpace Of(int columns) => new([.. Enumerable.Range(0, columns).Select(index => new Parameter($"x{index}", new FloatDomain(0, 1)))]);

    private static double Bowl(Assignment point) => point.Sum(pair => Math.Pow(pair.Value.Number - 0.4, 2));

    private static Assignment Point(int number) => new RandomSampler(Space, 1).Suggest(number, [])!;

    private static void Add(SearchHistory history, int count, params ReadOnlySpan<double> costs)
    {
        for (var number = 0; number < count; number++)
        {
            history.Set(new(history.Count, Point(history.Count), TrialState.Completed, costs[Math.Min(number, costs.Length - 1)]));
        }
    }
}
