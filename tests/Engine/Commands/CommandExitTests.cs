using ApproxCluster.Search;

namespace ApproxCluster.Engine.Tests;

/// <summary>What exit codes, reports and limits of a program make of its trial.</summary>
public sealed class CommandExitTests
{
    private const string Report = """
        report() { echo "{\"epoch\": $1, \"validation.loss\": $2}"; }

        """;

    private const string Whole = Report + """
        for epoch in 1 2 3 4; do report $epoch 0.$epoch; done
        """;

    [Fact]
    public async Task Run_AllEpochsAndExitCode0_IsCompleted()
    {
        var trial = await OnlyAsync(Whole);

        Assert.Equal((TrialState.Completed, null), (trial.State, trial.Detail));
        Assert.Equal([0.1, 0.2, 0.3, 0.4], trial.Epochs.Select(epoch => epoch.ValidationLoss));
    }

    [Fact]
    public async Task Run_OrdinaryOutputBetweenReports_IsIgnored()
    {
        var trial = await OnlyAsync(Report + """
            echo loading
            printf '{"loss": 3}\n{broken\n{\n'
            head -c 3000000 /dev/zero | tr '\0' '{'
            echo
            for epoch in 1 2 3 4; do echo "epoch $epoch"; echo oops >&2; report $epoch 0.$epoch; done
            """);

        Assert.Equal((TrialState.Completed, 4), (trial.State, trial.Epochs.Count));
    }

    [Theory]
    [InlineData("report 1 0.5; report 2 0.4", TrialState.Completed, FailureReason.None, null, 2)]
    [InlineData("report 1 0.5; exit 76", TrialState.Pruned, FailureReason.None, "epoch 1", 1)]
    [InlineData("exit 76", TrialState.Pruned, FailureReason.None, "epoch 0", 0)]
    [InlineData("report 1 NaN; report 2 0.1", TrialState.Failed, FailureReason.Diverged, "epoch 1", 1)]
    [InlineData("report 1 0.5; report 2 Infinity", TrialState.Failed, FailureReason.Diverged, "epoch 2", 2)]
    [InlineData("report 1 0.5; exit 7", TrialState.Failed, FailureReason.Error, "exit code 7", 1)]
    [InlineData("nosuchprogram; exit $?", TrialState.Failed, FailureReason.Error, "exit code 127: the program, or one that it calls, was not found", 0)]
    [InlineData("kill -SEGV $$", TrialState.Failed, FailureReason.Error, "exit code 139: signal 11 (SIGSEGV)", 0)]
    [InlineData("exit 75", TrialState.Failed, FailureReason.Error, "exit code 75, which asks for another start, after 3 retries", 0)]
    [InlineData("true", TrialState.Failed, FailureReason.Error, "exit code 0 before the first report. A program reports epochs as JSON lines on standard output, {\"epoch\": 1, ...}", 0)]
    [InlineData("report 1 0.5; report 3 0.5", TrialState.Failed, FailureReason.Error, "The epoch reported is 3, but must be 2: epochs are reported one by one, from 1.", 1)]
    [InlineData("report 1.5 0.5", TrialState.Failed, FailureReason.Error, "A report's epoch is 1.5, but must be a whole number from 1.", 0)]
    [InlineData("echo '{\"epoch\": 1, \"loss\": 2}'", TrialState.Failed, FailureReason.Error, "The report of epoch 1 has no validation.loss, but must have it, since the sweep's objective reads it. It has loss.", 0)]
    [InlineData("for e in 1 2 3 4; do report $e 0.5; done; exit 9", TrialState.Failed, FailureReason.Error, "exit code 9", 4)]
    [InlineData("for e in 1 2 3 4 5 6; do report $e 0.5; done; exec sleep 1000", TrialState.Completed, FailureReason.None, null, 4)]
    public async Task Run_Ends_AsTheProgramSays(string script, TrialState state, FailureReason reason, string? detail, int epochs)
    {
        var trial = await OnlyAsync(Report + script);

        Assert.Equal((state, reason, detail, epochs), (trial.State, trial.Reason, trial.Detail, trial.Epochs.Count));
    }

    [Fact]
    public async Task Run_ProgramAsksForAnotherStart_GetsIt()
    {
        await using var sweep = await CommandSweep.CreateAsync();

        var state = await sweep.RunAsync(sweep.Spec("echo start >> starts\nif [ $(wc -l < starts) -lt 3 ]; then exit 11; fi\n" + Whole, "exit_codes: {retry: 11, pruned: 12}"));

        Assert.Equal(TrialState.Completed, state.Trials[0].State);
        Assert.Equal(3, sweep.Lines("starts").Length);
    }

    [Fact]
    public async Task Run_FailedProgram_LastWordsAreKept()
    {
        var trial = await OnlyAsync("for line in $(seq 1 100); do echo line $line >&2; done\nexit 1");

        Assert.StartsWith("line 81\n", trial.Output, StringComparison.Ordinal);
        Assert.EndsWith("line 100", trial.Output, StringComparison.Ordinal);
        Assert.Equal("exit code 1", trial.Detail);
    }

    [Theory]
    [InlineData("trial_seconds: 3000.5", "it ran longer than limits.trial_seconds, which is 3000.5")]
    [InlineData("epoch_seconds: 3000.5", "it ran without a report for longer than limits.epoch_seconds, which is 3000.5")]
    public async Task Run_TakesTooLong_IsEndedAndHasFailed(string limit, string detail)
    {
        var trial = await OnlyAsync(Report + "report 1 0.5\nexec sleep 1000", $"limits: {{{limit}}}", new LeapingClock(1));

        Assert.Equal((TrialState.Failed, detail), (trial.State, trial.Detail));
        Assert.Single(trial.Epochs);
    }

    [Fact]
    public async Task Run_TakesTooMuchMemory_IsEndedAndHasFailed()
    {
        // The last of the two holds what it has read for as long as the first might say more.
        var trial = await OnlyAsync("{ head -c 200000000 /dev/zero; exec sleep 1000; } | tail -c 200000000 > /dev/null", "limits: {memory_mib: 50}");

        Assert.Equal((TrialState.Failed, "its memory was more than limits.memory_mib, which is 50"), (trial.State, trial.Detail));
    }

    [Fact]
    public async Task Run_LimitExceededAfterTheLastReport_IsCompleted()
    {
        var trial = await OnlyAsync(Whole + "\nexec sleep 1000", "limits: {epoch_seconds: 3000}", new LeapingClock(4));

        Assert.Equal(TrialState.Completed, trial.State);
    }

    private static async Task<Trial> OnlyAsync(string script, string trainer = "", LeapingClock? clock = null)
    {
        await using var sweep = await CommandSweep.CreateAsync();
        return Assert.Single((await sweep.RunAsync(sweep.Spec(script, trainer), clock)).Trials);
    }
}
