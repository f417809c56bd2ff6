using ApproxCluster.Trainer;

namespace ApproxCluster.Search.Tests;

public class RaceTests
{
    private static readonly Func<Lease, double> Clear = lease => Place(lease) + 0.001 * Noise(lease);

    [Fact]
    public async Task Race_ClearDifferences_FewFurtherSeeds()
    {
        var state = await RunAsync(Spec(trials: 60, replicates: 10), Clear, new FixedSampler(40));

        Assert.Equal(40, state.Entries.Count);
        var seeds = state.Entries.Select(entry => entry.Trials.Count).ToArray();
        Assert.True(seeds.Count(count => count == 1) > 25, $"most are weak: {string.Join(' ', seeds)}");
        Assert.Equal(state.Entries.MinBy(entry => entry.Mean)!.Number, Leaderboard.Build(state)[0].Configuration);
        Assert.Single(Leaderboard.Build(state), row => row.TiedWithBest);
    }

    [Fact]
    public async Task Race_OnlyNoise_HalfTheTrialsAreFurtherSeedsOfTheFirstFew()
    {
        var state = await RunAsync(Spec(trials: 60, replicates: 10), Noise);

        Assert.Equal(60, state.Trials.Count);
        Assert.InRange(state.Trials.Count(trial => trial.Replicate > 0), 25, 30);
        Assert.All(state.Entries, entry => Assert.InRange(entry.Trials.Count, 1, 10));
        Assert.True(Leaderboard.Build(state).Count(row => row.TiedWithBest) > 1);
    }

    [Fact]
    public async Task Race_Corrected_TellsFewerApart()
    {
        async Task<int> Tied(bool corrected) => Leaderboard.Build(await RunAsync(
            Spec(trials: 100, replicates: 10) with { Race = new(Corrected: corrected) }, lease => Place(lease) + 0.1 * Noise(lease), new FixedSampler(10))).Count(row => row.TiedWithBest);

        Assert.InRange(await Tied(corrected: true), 1 + await Tied(corrected: false), 9);
    }

    [Fact]
    public async Task Race_LuckySingleSeed_DoesNotTakeTheFirstPlace()
    {
        // Configuration 5 is worse than the others but has one lucky seed, its first.
        var state = await RunAsync(
            Spec(trials: 60, replicates: 6), lease => Place(lease) < 0.01 ? Noise(lease) : 5 + Noise(lease), new FixedSampler(19, lucky: 5), luck: 5);

        Assert.Equal(-1, state.Entries[5].Trials[0].Value);
        var rows = Leaderboard.Build(state);
        Assert.NotEqual(5, rows[0].Configuration);
        Assert.True(rows[0].Values.Count > 1);
    }

    [Fact]
    public async Task Race_LaterConfigurationClearlyBetter_TakesTheFirstPlaceWithFewerSeeds()
    {
        // Ten alike, then ever better ones: the first incumbent has many seeds by then.
        var state = await RunAsync(
            Spec(trials: 40, replicates: 10), lease => (lease.Trial < 30 ? 10 : 1) + 0.1 * Noise(lease), new FixedSampler(1000));

        Assert.InRange(Leaderboard.Build(state)[0].Mean, 1, 1.1);
    }

    [Fact]
    public async Task Race_SameReplicate_SameSeedOfAllConfigurationsAndOthersInSweepsWithout()
    {
        var state = await RunAsync(Spec(trials: 30, replicates: 5) with { Confirm = 2 }, Noise);

        Assert.All(state.Trials.GroupBy(trial => trial.Replicate), group => Assert.Single(group.Select(trial => trial.Seed).Distinct()));
        Assert.Equal(state.Trials.Select(trial => trial.Replicate).Distinct().Count(), state.Trials.Select(trial => trial.Seed).Distinct().Count());
        Assert.Equal(Seeds.Trial(1, 3, 1), TrialSeeds.Of(FakeSweep.Spec(replicates: 2), 3, 1));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Race_WithPruner_FurtherSeedsRunToTheEndAndPrunedConfigurationsGetNone(bool promote)
    {
        var spec = FakeSweep.Spec(new AshaPrunerSpec(1, 3, promote), trials: 60, parallel: 4, replicates: 4) with { Race = new() };
        var state = await RunAsync(spec, Clear);

        var further = state.Trials.Where(trial => trial.Replicate > 0).ToArray();
        Assert.NotEmpty(further);
        Assert.All(further, trial => Assert.Equal((TrialState.Completed, 9, 0), (trial.State, trial.Epochs.Count, trial.Segment - (trial.Test is null ? 0 : 1))));
        Assert.All(further, trial => Assert.NotEqual(TrialState.Pruned, state.Entries[trial.Configuration].Trials[0].State));
    }

    [Fact]
    public async Task Race_FiniteSampler_GoesOnUntilToldApartThenEnds()
    {
        var state = await RunAsync(Spec(trials: 1000, replicates: 10), Clear, new FixedSampler(8));

        Assert.Equal((SweepStatus.Finished, 8), (state.Status, state.Entries.Count));
        Assert.InRange(state.Trials.Count, 9, 40);
        var noisy = await RunAsync(Spec(trials: 1000, replicates: 4), Noise, new FixedSampler(8));
        Assert.InRange(noisy.Trials.Count, 8 + 5, 8 * 4);
    }

    [Fact]
    public async Task Race_MinimumOfSeeds_AllHaveIt()
    {
        var state = await RunAsync(Spec(trials: 41, replicates: 6) with { Race = new(Min: 3) }, Clear);

        Assert.Equal(41, state.Trials.Count);
        Assert.All(state.Entries.SkipLast(1), entry => Assert.InRange(entry.Trials.Count, 3, 6));
    }

    [Fact]
    public async Task Race_History_CostStaysKnownWhileAFurtherSeedRuns()
    {
        var sampler = new FixedSampler(100);
        await RunAsync(Spec(trials: 60, replicates: 10), Noise, sampler);

        Assert.Contains(sampler.Seen, history => history.Any(observation => observation.Replicates.Count > 2));
        foreach (var (earlier, later) in sampler.Seen.Zip(sampler.Seen.Skip(1)))
        {
            Assert.All(earlier.Where(observation => observation.Cost is not null), observation => Assert.NotNull(later[observation.Configuration].Cost));
            Assert.All(later, observation => Assert.Equal(observation.Cost is not null, observation.IsFinished));
        }
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, true)]
    public async Task Confirm_Finalists_FreshSeedsOnTopThatTheSearchHasNotSeen(int replicates, bool race)
    {
        var spec = Spec(trials: 20, replicates) with { Race = race ? new() : null, Confirm = 4 };
        var without = await RunAsync(spec with { Confirm = 0 }, Noise);
        var state = await RunAsync(spec, Noise);

        var fresh = state.Trials.Where(trial => trial.Replicate >= replicates).ToArray();
        Assert.Equal(without.Trials.Select(trial => (trial.Configuration, trial.Seed)), state.Trials.Except(fresh).Select(trial => (trial.Configuration, trial.Seed)));
        Assert.Equal(0, fresh.Length % 4);
        Assert.NotEmpty(fresh);
        Assert.Equal(without.Trials.Count + fresh.Length, state.Trials.Count);
        Assert.Empty(fresh.Select(trial => trial.Seed).Intersect(without.Trials.Select(trial => trial.Seed)));
        Assert.Equal(without.Progress.Best, state.Progress.Best);

        // The confirmed ones come first, by their fresh seeds; the mean of the search is as it was.
        var rows = Leaderboard.Build(state);
        var finalists = fresh.Select(trial => trial.Configuration).Distinct().ToArray();
        Assert.Equal(finalists.Order(), rows.Take(finalists.Length).Select(row => row.Configuration).Order());
        var means = rows.Take(finalists.Length).Select(row => row.Confirmation.Average()).ToArray();
        Assert.Equal(means.Order(), means);
        Assert.All(rows, row => Assert.Equal(without.Entries[row.Configuration].Mean, row.Mean));
        Assert.Equal(rows[0].Configuration, state.Trials[state.Contenders[0]].Configuration);
        Assert.All(fresh.Where(trial => trial.Configuration == rows[0].Configuration), trial => Assert.NotNull(trial.Test));
    }

    [Fact]
    public async Task Overtuning_Asked_TestOfTheLastIncumbentAgainstTheBestOfAll()
    {
        // Validation improves from configuration to configuration; the test score is best at configuration 1.
        var scores = new[] { 5.0, 2, 4, 3 };
        var spec = FakeSweep.Spec(trials: 4, parallel: 1, epochs: 2) with { Overtuning = true };
        var state = (await FakeSweep.RunAsync(spec, new MemoryJournal(), lease => Train(lease, 10 - lease.Trial, scores[lease.Trial]), new FixedSampler(4))).State;

        var overtuning = Overtuning.Of(state)!;
        Assert.Equal([0, 1, 2, 3], overtuning.Incumbents.Select(incumbent => incumbent.Configuration));
        Assert.Equal((1.0, 1.0 / 3), (overtuning.Absolute, overtuning.Relative));
        Assert.Equal(3, state.Contenders[0]);
        Assert.Null(Overtuning.Of((await FakeSweep.RunAsync(spec with { Overtuning = false }, new MemoryJournal())).State));
    }

    private static SweepSpec Spec(int trials, int replicates) =>
        FakeSweep.Spec(trials: trials, parallel: 4, replicates: replicates, epochs: 2) with { Race = new() };

    private static double Place(Lease lease) => lease.Configuration!.Optimizer.LearningRate;

    private static double Noise(Lease lease) => new Philox(lease.Seed, (ulong)BitConverter.DoubleToInt64Bits(Place(lease))).NextDouble();

    private static async Task<SweepState> RunAsync(SweepSpec spec, Func<Lease, double> loss, ISampler? sampler = null, int luck = -1)
    {
        var seen = new Dictionary<int, int>();
        return (await FakeSweep.RunAsync(
            spec,
            new MemoryJournal(),
            lease => Train(lease, luck >= 0 && Math.Abs(Place(lease) - FixedSampler.At(luck)) < 1e-12 && seen.TryAdd(luck, lease.Trial) ? -1 : loss(lease), 1),
            sampler ?? new FixedSampler(1000))).State;
    }

    private static SegmentResult Train(Lease lease, double loss, double test) => lease.ScoreTest
        ? new(lease.Trial, lease.Attempt, lease.Segment, [], Test: new(test, test))
        : new(lease.Trial, lease.Attempt, lease.Segment, [.. Enumerable.Range(lease.FromEpoch + 1, lease.ToEpoch - lease.FromEpoch).Select(epoch => new EpochReport(epoch, loss, loss, loss, loss, 0.1))]);

    /// <summary>Scattered places of one size; keeps the histories that it saw.</summary>
    private sealed class FixedSampler(long size, int lucky = -1) : ISampler
    {
        public List<Observation[]> Seen { get; } = [];

        public long? Size => size;

        public static double At(int configuration) => (configuration * 0.618 + 0.1) % 1 * 0.8 + 0.05;

        public Assignment? Suggest(int configuration, SearchHistory history)
        {
            Seen.Add([.. history]);
            return new(
            [
                KeyValuePair.Create("x", ParameterValue.Of(lucky >= 0 && configuration != lucky ? 1e-9 * (configuration + 1) : At(configuration))),
                KeyValuePair.Create("width", ParameterValue.Of(8L)),
            ]);
        }
    }
}
