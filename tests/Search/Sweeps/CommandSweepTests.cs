using ApproxCluster.Trainer;

namespace ApproxCluster.Search.Tests;

/// <summary>Sweeps that a program trains, as the state machine sees them.</summary>
public sealed class CommandSweepTests
{
    private const string Sweep = "trainer: {command: [train]}\nspace: {x: {float: [0, 1]}}\nepochs: 6\ntrials: 4\nparallel: 2\n";

    [Fact]
    public async Task Run_Leases_CarryThePointAndNoNetwork()
    {
        var seen = new List<Lease>();
        await RunAsync(Sweep, lease =>
        {
            seen.Add(lease);
            return Result(lease);
        });

        Assert.Equal(4, seen.Count);
        Assert.All(seen, lease => Assert.Null(lease.Configuration));
        Assert.All(seen, lease => Assert.NotNull(lease.Parameters!["x"]));
    }

    [Fact]
    public async Task Run_FlatCost_EveryEpochTakesTheSameVirtualTime()
    {
        var state = await RunAsync(Sweep, Result);

        Assert.Equal(2 * 6 * CostRule.Unit, state.VirtualTime);
    }

    [Fact]
    public async Task Run_CostOfAnExpression_IsTheVirtualTime()
    {
        var state = await RunAsync("trainer: {command: [train], cost: x * 2.5}\nspace: {x: {choice: [1, 2]}}\nsampler: grid\nepochs: 2\nparallel: 1\n", Result);

        Assert.Equal((2500 + 5000) * 2, state.VirtualTime);
    }

    [Fact]
    public async Task Run_CostThatIsNone_FailsTheTrialAndSaysSo()
    {
        var state = await RunAsync("trainer: {command: [train], cost: x - 1}\nspace: {x: {choice: [1, 2]}}\nsampler: grid\nepochs: 2\n", Result);

        Assert.Equal(TrialState.Failed, state.Trials[0].State);
        Assert.Equal("cost is 0 for x=1, but must be a number above 0 and at most 1000000000. Change the expression, or keep such points out with 'where'.", state.Trials[0].Detail);
        Assert.Equal(TrialState.Completed, state.Trials[1].State);
    }

    [Fact]
    public async Task Run_ProgramIsDoneEarly_TrialIsCompletedWithWhatItHas()
    {
        var state = await RunAsync(Sweep, lease => Result(lease, 3) with { End = EarlyEnd.Completed });

        Assert.All(state.Trials, trial => Assert.Equal((TrialState.Completed, 3), (trial.State, trial.Epochs.Count)));
        Assert.Equal(SweepStatus.Finished, state.Status);
    }

    [Fact]
    public async Task Run_ProgramGivesUp_TrialIsPruned()
    {
        var state = await RunAsync(Sweep, lease => lease.Trial == 1 ? Result(lease, 2) with { End = EarlyEnd.Pruned } : Result(lease));

        Assert.Equal((TrialState.Pruned, "epoch 2"), (state.Trials[1].State, state.Trials[1].Detail));
        Assert.Equal(3, state.Trials.Count(trial => trial.State == TrialState.Completed));
    }

    [Fact]
    public async Task Run_ProgramIsDoneBetweenTwoRungs_TrialIsCompletedWithoutFurtherEpochs()
    {
        var state = await RunAsync(Sweep + "pruner: {asha: {min_epochs: 2}}", lease => lease.FromEpoch == 0 ? Result(lease) : Result(lease, 0) with { End = EarlyEnd.Completed });

        Assert.All(state.Trials, trial => Assert.Equal(2, trial.Epochs.Count));
        Assert.Contains(state.Trials, trial => trial.State == TrialState.Completed);
    }

    [Fact]
    public async Task Run_FewerEpochsWithoutAReason_IsAnError()
    {
        var state = await RunAsync(Sweep, lease => Result(lease, 3));

        Assert.All(state.Trials, trial => Assert.Equal("Epochs reported are 3, but must be 6.", trial.Detail));
    }

    [Fact]
    public async Task Run_FailedProgramSpoke_WordsAreKeptOutsideOfTheDigest()
    {
        var quiet = await RunAsync(Sweep, lease => lease.Trial == 2 ? Failed(lease, null) : Result(lease));
        var loud = await RunAsync(Sweep, lease => lease.Trial == 2 ? Failed(lease, "Traceback at /home/somebody") : Result(lease));

        Assert.Equal("Traceback at /home/somebody", loud.Trials[2].Output);
        Assert.Equal("exit code 1", loud.Trials[2].Detail);
        Assert.Null(quiet.Trials[2].Output);
        Assert.Equal(quiet.Digest, loud.Digest);
    }

    [Fact]
    public async Task Run_ProgramReportsTest_WinnerIsScoredByItsBestEpochWithoutALease()
    {
        var scoring = 0;
        var state = await RunAsync(Sweep, lease =>
        {
            scoring += lease.ScoreTest ? 1 : 0;
            return Result(lease, test: true);
        });
        var winner = state.Trials[state.Contenders[0]];

        Assert.Equal(0, scoring);
        Assert.Equal(new(winner.Value!.Value + 10, winner.Value.Value + 20), winner.Test);
    }

    [Fact]
    public async Task Run_ProgramReportsNoTest_NothingIsScoredAndTheSweepFinishes()
    {
        var state = await RunAsync(Sweep, Result);

        Assert.Empty(state.Contenders);
        Assert.Equal(SweepStatus.Finished, state.Status);
        Assert.All(state.Trials, trial => Assert.Null(trial.Test));
    }

    [Fact]
    public async Task Run_SeveralObjectives_AreWhatTheProgramReports()
    {
        var state = await RunAsync(Sweep + "objective: [{minimize: validation.loss}, {maximize: speed}]", lease => Result(lease, speed: true));
        var rows = Leaderboard.Build(state);

        Assert.All(rows, row => Assert.Equal(100 * row.Objectives[0], row.Objectives[1], 1e-9));
        Assert.All(rows, row => Assert.Equal(1, row.ParetoRank));
    }

    private static async Task<SweepState> RunAsync(string text, Func<Lease, SegmentResult> train)
    {
        var spec = Read.Spec(text);
        var token = TestContext.Current.CancellationToken;
        var journal = new MemoryJournal();
        var coordinator = await SweepCoordinator.CreateAsync(spec, TargetShape.None, journal, default, token);
        IReadOnlyList<SegmentResult> results = [];
        while (!coordinator.State.Status.IsFinal())
        {
            var reply = await coordinator.ExchangeAsync(new("local", 1, [], results, []), default, token);
            results = [.. reply.Leases.Select(train)];
        }

        Assert.Equal(coordinator.State.Digest, SweepState.Replay(journal.Entries.Select(entry => EventCodec.Decode(entry.Type, entry.Payload))).Digest);
        return coordinator.State;
    }

    private static SegmentResult Failed(Lease lease, string? output) => new(lease.Trial, lease.Attempt, lease.Segment, [], Error: "exit code 1") { Output = output };

    private static SegmentResult Result(Lease lease) => Result(lease, lease.ToEpoch - lease.FromEpoch);

    private static SegmentResult Result(Lease lease, int? epochs = null, bool test = false, bool speed = false) => new(
        lease.Trial,
        lease.Attempt,
        lease.Segment,
        [.. Enumerable.Range(lease.FromEpoch + 1, epochs ?? lease.ToEpoch - lease.FromEpoch).Select(epoch => Report(epoch, lease.Parameters!.Number("x") + 1.0 / epoch, test, speed))]);

    private static EpochReport Report(int epoch, double loss, bool test, bool speed) => new(epoch, double.NaN, loss, double.NaN, double.NaN, double.NaN)
    {
        Figures = [.. speed ? new[] { 100 * loss } : [], test ? loss + 10 : double.NaN, test ? loss + 20 : double.NaN],
    };
}
