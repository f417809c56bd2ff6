using System.Text.Json;
using ApproxCluster.Search;

namespace ApproxCluster.Engine.Tests;

/// <summary>What a program gets when it is started, and when it is not started.</summary>
public sealed class CommandStartTests
{
    private const string Done = "\necho '{\"epoch\": 1, \"validation.loss\": 1}'";

    [Theory]
    [InlineData("argument", "printf '%s' \"$1\" > got")]
    [InlineData("environment", "test $# = 0 && printf '%s' \"$APPROX_PARAMETERS\" > got")]
    [InlineData("stdin", "test $# = 0 && cat > got")]
    public async Task Start_Parameters_ComeAsAskedFor(string how, string script)
    {
        await using var sweep = await CommandSweep.CreateAsync();

        var state = await sweep.RunAsync(sweep.Spec(script + Done, $"parameters: {how}"));

        Assert.Equal(TrialState.Completed, state.Trials[0].State);
        using var got = JsonDocument.Parse(Assert.Single(sweep.Lines("got")));
        Assert.Equal(state.Trials[0].Parameters.Number("x"), got.RootElement.GetProperty("x").GetDouble());
    }

    [Fact]
    public async Task Start_Environment_TellsWhatItIsAbout()
    {
        await using var sweep = await CommandSweep.CreateAsync();
        Environment.SetEnvironmentVariable("APPROX_POSTGRES", "Password=secret");
        try
        {
            var state = await sweep.RunAsync(sweep.Spec("env > got; pwd > folder; cat > input; nice > niceness" + Done, "environment: {EXTRA: 'a b'}, resumable: true"));
            var got = sweep.Lines("got").Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);

            Assert.Equal(["0", "1", $"{state.Trials[0].Seed}", "4", "0", "a b"], new[] { "APPROX_TRIAL", "APPROX_ATTEMPT", "APPROX_SEED", "APPROX_EPOCHS", "APPROX_EPOCHS_DONE", "EXTRA" }.Select(name => got[name]));
            Assert.Contains(got["APPROX_SLOT"], new[] { "0", "1" });
            Assert.StartsWith("test-", got["APPROX_SWEEP"], StringComparison.Ordinal);
            Assert.StartsWith(sweep.WorkFolder, got["APPROX_CHECKPOINT_DIR"], StringComparison.Ordinal);
            Assert.False(got.ContainsKey("APPROX_POSTGRES"));
            Assert.Empty(sweep.Lines("input"));
            Assert.Equal(new DirectoryInfo(sweep.Folder).Name, Path.GetFileName(Assert.Single(sweep.Lines("folder"))));
        }
        finally
        {
            Environment.SetEnvironmentVariable("APPROX_POSTGRES", null);
        }
    }

    [Fact]
    public async Task Start_Directory_IsRelativeToTheSweepsFolder()
    {
        await using var sweep = await CommandSweep.CreateAsync();
        Directory.CreateDirectory(Path.Combine(sweep.Folder, "below"));
        var spec = sweep.Spec("pwd > here" + Done);
        File.Move(Path.Combine(sweep.Folder, "train.sh"), Path.Combine(sweep.Folder, "below", "train.sh"));

        await sweep.RunAsync(spec with { Command = spec.Command! with { Directory = "below" } });

        Assert.EndsWith("/below", Assert.Single(sweep.Lines("below/here")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_CommandsAreNotAllowed_Throws()
    {
        await using var sweep = await CommandSweep.CreateAsync();
        await using var store = await TemporaryStore.CreateAsync();
        await using var host = await SweepHost.CreateAsync(sweep.Spec("touch ran"), sweep.Folder, store.Store, TimeProvider.System, null, CancellationToken.None);
        await using var worker = new SlotWorker(sweep.Options with { AllowsCommands = false }, store.Store, TimeProvider.System);

        var fault = await Assert.ThrowsAsync<ProgramException>(() => worker.RunAsync(host, CancellationToken.None));

        Assert.Contains("--allow-commands", fault.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(sweep.Folder, "ran"));
    }

    [Theory]
    [InlineData("command: [nosuchprogram]", "trainer.command: the program is 'nosuchprogram', but must be one that is on PATH (write ./NAME for one of the working folder). Install it, or correct the name.")]
    [InlineData("command: [./train.sh]", "trainer.command: the program is './train.sh', but must be an executable file, relative to FOLDER. Install it, or correct the name.")]
    [InlineData("command: [sh], directory: below", "trainer.directory: the working folder is FOLDER/below, but must exist. Make it, or correct 'directory', which is relative to FOLDER.")]
    public async Task Find_WhatIsNotThere_Throws(string trainer, string message)
    {
        await using var sweep = await CommandSweep.CreateAsync();
        File.WriteAllText(Path.Combine(sweep.Folder, "train.sh"), "not executable");
        var command = Specs.Parse($"trainer: {{{trainer}}}").Command!;

        var fault = Assert.Throws<ProgramException>(() => ProgramPath.Find(command, sweep.Folder));

        Assert.Equal(message.Replace("FOLDER", sweep.Folder, StringComparison.Ordinal), fault.Message);
    }
}
