using ApproxCluster.Trainer;

namespace ApproxCluster.Search.Tests;

public class DifferenceTests
{
    [Fact]
    public void PairedTest_KnownDifferences_AsInTextbooks()
    {
        // Student's own sleep data: mean -1.58, t = -4.0621 with 9 degrees, p = 0.002833.
        var test = PairedTest.Of([-1.2, -2.4, -1.3, -1.3, 0, -1.0, -1.8, -0.8, -4.6, -1.4])!;

        Assert.Equal((10, -1.58), (test.Pairs, Math.Round(test.Mean, 12)));
        Assert.Equal(0.002833, test.Probability, 5e-7);
        Assert.Equal(-2.4598858, test.Low, 1e-6);
        Assert.Equal(-0.7001142, test.High, 1e-6);
        Assert.Null(PairedTest.Of([1]));
        Assert.Equal((1, 0), (PairedTest.Of([0, 0])!.Probability, PairedTest.Of([1, 1])!.Probability));
    }

    [Fact]
    public async Task Trials_TwoOfASweep_ParametersCurvesAndWhereTheBetterOneGoesAhead()
    {
        // Trial 0 falls fast and stays; trial 1 starts worse and ends better from epoch 3 on.
        double[][] losses = [[2, 1.5, 1.4, 1.4], [3, 2, 1, 0.5, 0.25]];
        var state = await RunAsync(2, 5, (trial, epoch) => losses[trial][Math.Min(epoch, losses[trial].Length) - 1]);

        var difference = TrialDifference.Of(state, state.Trials[0], state, state.Trials[1]);

        Assert.Equal(["width", "x"], difference.Parameters.Select(one => one.Path));
        Assert.Equal(5, difference.Curves.Count);
        Assert.Equal(3, difference.Crossing);
        Assert.Equal((1.4, 0.25), (difference.Left!.Value, difference.Right!.Value));
        Assert.Empty(TrialDifference.Of(state, state.Trials[0], state, state.Trials[0]).Parameters);
        Assert.Null(TrialDifference.Of(state, state.Trials[0], state, state.Trials[0]).Crossing);
    }

    [Fact]
    public async Task Sweeps_SameConfigurations_PairedOverThem()
    {
        var left = await RunAsync(12, 2, (trial, _) => 1 + trial + 0.1 * (trial % 3));
        var right = await RunAsync(8, 2, (trial, _) => 1.5 + trial);

        var difference = SweepDifference.Of(left, right);

        Assert.Equal((8, 8), (difference.Shared, difference.Test!.Pairs));
        Assert.True(difference.Test.Mean < 0 && difference.Test.Probability < 1e-4);
        Assert.Equal((1.0, 1.5), (difference.Left.Best, difference.Right.Best));
        Assert.Equal(difference.Test.Mean, -SweepDifference.Of(right, left).Test!.Mean, 1e-12);
    }

    [Fact]
    public async Task Sweeps_OtherMetrics_Refused()
    {
        var left = await RunAsync(2, 2, (trial, _) => trial);
        var spec = FakeSweep.Spec(trials: 2, epochs: 2) with { Objective = new(false, "validation.rmse") };
        var right = (await FakeSweep.RunAsync(spec, new MemoryJournal())).State;

        Assert.Contains("but must be that of the first sweep, which is validation.loss", Assert.Throws<ArgumentException>(() => SweepDifference.Of(left, right)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Figures_KnownValues_RelativeToTheSweepsOwn()
    {
        // Costs 10, 9, ..., 1: best 1, median 6, third quartile 8; within a tenth of 5 is 1.5, which the tenth trial reaches.
        var figures = SweepFigures.Of(await RunAsync(10, 2, (trial, _) => 10 - trial));

        Assert.Equal((1.0, 6.0, 5.0 / 7, 10), (figures.Best, figures.Median, figures.Gain, figures.TrialsToReach));
    }

    [Fact]
    public void ParallelCoordinates_ConditionalParameter_NullWhereItDoesNotExist()
    {
        const string Text = "{target: curve, objective: {minimize: validation.loss}, space: {encoding: {choice: [identity, fourier1d: {order: {int: [1, 8]}}]}}, trials: 10, epochs: 1}";
        var state = Run(Read.Spec(Text));
        var coordinates = ParallelCoordinates.Of(state);

        Assert.Equal(["encoding", "encoding.fourier1d.order"], coordinates.Axes.Select(axis => axis.Path));
        Assert.Equal(["identity", "fourier1d"], coordinates.Axes[0].Choices);
        Assert.Equal(state.Trials.Select(trial => trial.Parameters).Distinct().Count(), coordinates.Lines.Count);
        Assert.All(coordinates.Lines, line => Assert.Equal(line.Places[0] == 0, line.Places[1] is null));
        Assert.All(coordinates.Lines.SelectMany(line => line.Places), place => Assert.InRange(place ?? 0, 0, 1));
    }

    private static SweepState Run(SweepSpec spec)
    {
        var token = TestContext.Current.CancellationToken;
        var coordinator = SweepCoordinator.CreateAsync(spec, FakeSweep.Shape, new MemoryJournal(), default, token).GetAwaiter().GetResult();
        IReadOnlyList<SegmentResult> results = [];
        while (!coordinator.State.Status.IsFinal())
        {
            results = [.. coordinator.ExchangeAsync(new("a", 1, [], results, []), default, token).GetAwaiter().GetResult().Leases.Select(FakeTrainer.Run)];
        }

        return coordinator.State;
    }

    private static async Task<SweepState> RunAsync(int trials, int epochs, Func<int, int, double> loss) =>
        (await FakeSweep.RunAsync(
            FakeSweep.Spec(trials: trials, epochs: epochs, parallel: 1),
            new MemoryJournal(),
            lease => lease.ScoreTest
                ? new(lease.Trial, lease.Attempt, lease.Segment, [], Test: new(1, 1))
                : new(lease.Trial, lease.Attempt, lease.Segment, [.. Enumerable.Range(1, epochs).Select(epoch => new EpochReport(epoch, 0, loss(lease.Trial, epoch), 0, 0, 0.1))]),
            new PlainSampler())).State;

    private sealed class PlainSampler : ISampler
    {
        public long? Size => null;

        public Assignment? Suggest(int configuration, SearchHistory history) =>
            new([KeyValuePair.Create("x", ParameterValue.Of(0.1 / (configuration + 1))), KeyValuePair.Create("width", ParameterValue.Of(1L + configuration))]);
    }
}
