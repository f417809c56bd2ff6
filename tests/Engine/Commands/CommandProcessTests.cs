using ApproxCluster.Search;

namespace ApproxCluster.Engine.Tests;

/// <summary>A program's processes: started once, frozen and woken, ended with all that they started.</summary>
public sealed class CommandProcessTests
{
    // Says at its start who it is and how far it has come; keeps its epoch where it may.
    private const string Train = """
        echo "$APPROX_TRIAL $APPROX_EPOCHS_DONE $$" >> starts
        sleep 1000 &
        echo $! >> children
        first=1
        if [ -f "$APPROX_CHECKPOINT_DIR/epoch" ]; then first=$(($(cat "$APPROX_CHECKPOINT_DIR/epoch") + 1)); fi
        echo "$APPROX_TRIAL $first" >> firsts
        for epoch in $(seq $first $APPROX_EPOCHS); do
          if [ -n "$APPROX_CHECKPOINT_DIR" ]; then echo $epoch > "$APPROX_CHECKPOINT_DIR/new"; mv "$APPROX_CHECKPOINT_DIR/new" "$APPROX_CHECKPOINT_DIR/epoch"; fi
          echo "{\"epoch\": $epoch, \"validation.loss\": $((($APPROX_TRIAL * 7 + 3) % 11)).$epoch}"
        done
        """;

    private const string Rungs = "trials: 9\npruner: {asha: {min_epochs: 1, reduction_factor: 2, promote: true}}";

    [Fact]
    public async Task Run_TrialsThatWaitAtRungs_KeepTheirProgram()
    {
        await using var sweep = await CommandSweep.CreateAsync();

        var state = await sweep.RunAsync(sweep.Spec(Train, rest: Rungs));

        Assert.Equal(SweepStatus.Finished, state.Status);
        Assert.Equal(9, sweep.Lines("starts").Length);
        Assert.Contains(state.Trials, trial => trial is { State: TrialState.Completed, Segment: 2 });
        Assert.Contains(state.Trials, trial => trial.State == TrialState.Pruned);
        await AllGoneAsync(sweep);
    }

    [Theory]
    [InlineData("frozen: 0")]
    [InlineData("frozen: 1, resumable: true")]
    public async Task Run_NoRoomForFrozenPrograms_StartsThemAgainWithTheSameDigest(string trainer)
    {
        await using var sweep = await CommandSweep.CreateAsync();
        await using var roomy = await CommandSweep.CreateAsync();
        sweep.Slots = 1;

        var state = await sweep.RunAsync(sweep.Spec(Train, trainer, Rungs));
        var whole = await roomy.RunAsync(roomy.Spec(Train, rest: Rungs));

        Assert.Equal(whole.Trials.Select(trial => (trial.State, trial.Value, trial.Epochs.Count)), state.Trials.Select(trial => (trial.State, trial.Value, trial.Epochs.Count)));
        Assert.True(sweep.Lines("starts").Length > 9);
        Assert.Equal(trainer.Contains("resumable", StringComparison.Ordinal), sweep.Lines("firsts").Any(line => !line.EndsWith(" 1", StringComparison.Ordinal)));
        await AllGoneAsync(sweep);
        Assert.False(Directory.Exists(sweep.WorkFolder) && Directory.EnumerateFiles(sweep.WorkFolder, "*", SearchOption.AllDirectories).Any(), "Something is left on disk.");
    }

    [Fact]
    public async Task Run_CheckpointAheadOfTheReports_BeginsAgain()
    {
        await using var sweep = await CommandSweep.CreateAsync();
        const string Ahead = "if [ ! -f once ]; then touch once; echo 3 > \"$APPROX_CHECKPOINT_DIR/epoch\"; exit 75; fi\n";

        var state = await sweep.RunAsync(sweep.Spec(Ahead + Train, "resumable: true"));

        Assert.Equal((TrialState.Completed, 4), (state.Trials[0].State, state.Trials[0].Epochs.Count));
        Assert.Equal(["0 4", "0 1"], sweep.Lines("firsts"));
    }

    [Fact]
    public async Task Run_CheckpointWrittenWhileItIsEnded_IsDeletedToo()
    {
        await using var sweep = await CommandSweep.CreateAsync();
        const string Ahead = """
            if [ ! -f once ]; then
              touch once
              trap 'echo 3 > "$APPROX_CHECKPOINT_DIR/epoch"; exit 0' TERM
              echo '{"epoch": 4, "validation.loss": 1}'
              while true; do sleep 0.01; done
            fi

            """;

        var state = await sweep.RunAsync(sweep.Spec(Ahead + Train, "resumable: true"));

        Assert.Equal((TrialState.Completed, 4), (state.Trials[0].State, state.Trials[0].Epochs.Count));
        Assert.Equal(["0 1"], sweep.Lines("firsts"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("resumable: true")]
    public async Task Resume_InterruptedSweep_GivesTheSameDigest(string trainer)
    {
        await using var sweep = await CommandSweep.CreateAsync();
        await using var other = await CommandSweep.CreateAsync();
        const string Wait = "if [ $APPROX_TRIAL = 3 ] && [ ! -f waited ]; then echo '{\"epoch\": 1, \"validation.loss\": 2.1}'; echo 1 > \"${APPROX_CHECKPOINT_DIR:-.}/epoch\"; touch waited; sleep 1000; fi\n";

        var id = await sweep.InterruptAsync(sweep.Spec(Wait + Train, trainer, Rungs), "waited");
        var state = await sweep.ResumeAsync(id);
        File.WriteAllText(Path.Combine(other.Folder, "waited"), "");
        var undisturbed = await other.RunAsync(other.Spec(Wait + Train, trainer, Rungs));

        Assert.Equal(undisturbed.Trials.Select(Describe), state.Trials.Select(Describe));
        Assert.Equal(undisturbed.Digest, state.Digest);
        await AllGoneAsync(sweep);
    }

    [Fact]
    public async Task Interrupt_ProgramThatHears_EndsItself()
    {
        await using var sweep = await CommandSweep.CreateAsync();

        await sweep.InterruptAsync(sweep.Spec("trap 'touch heard; exit 0' TERM\necho $$ > pid\nmv pid started\nwhile true; do sleep 0.01; done", "grace_seconds: 60"), "started");

        Assert.True(File.Exists(Path.Combine(sweep.Folder, "heard")));
        await CommandSweep.GoneAsync(Assert.Single(sweep.Lines("started")));
    }

    [Fact]
    public async Task Interrupt_ProgramThatDoesNotHear_IsKilledAfterTheGrace()
    {
        await using var sweep = await CommandSweep.CreateAsync();

        await sweep.InterruptAsync(sweep.Spec("trap 'touch heard' TERM\necho $$ > pid\nmv pid started\nwhile true; do sleep 0.01; done", "grace_seconds: 0.2"), "started");

        Assert.True(File.Exists(Path.Combine(sweep.Folder, "heard")));
        await CommandSweep.GoneAsync(Assert.Single(sweep.Lines("started")));
    }

    [Fact]
    public async Task Run_Diverged_ProgramIsEnded()
    {
        await using var sweep = await CommandSweep.CreateAsync();

        await sweep.RunAsync(sweep.Spec("echo $$ >> starts\necho '{\"epoch\": 1, \"validation.loss\": NaN}'\nexec sleep 1000"));

        await CommandSweep.GoneAsync(Assert.Single(sweep.Lines("starts")));
    }

    [Fact]
    public async Task Run_EverySlotCount_GivesTheSameDigest()
    {
        await using var one = await CommandSweep.CreateAsync();
        await using var two = await CommandSweep.CreateAsync();

        var first = await one.RunAsync(one.Spec(Train, rest: Rungs + "\nsampler: tpe\nreplicates: {race: 3}"));
        var second = await two.RunAsync(two.Spec(Train, rest: Rungs + "\nsampler: tpe\nreplicates: {race: 3}"));

        Assert.Equal(first.Digest, second.Digest);
    }

    private static string Describe(Trial trial) => $"{trial.Number} {trial.State} {trial.Detail} {string.Join(' ', trial.Epochs.Select(epoch => epoch.ValidationLoss))}";

    private static async Task AllGoneAsync(CommandSweep sweep)
    {
        foreach (var process in sweep.Lines("starts").Select(line => line.Split(' ')[^1]).Concat(sweep.Lines("children")))
        {
            await CommandSweep.GoneAsync(process);
        }
    }
}
