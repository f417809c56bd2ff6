using System.Text.Json.Nodes;

namespace ApproxCluster.Client.Tests;

public sealed class CommandTests : IDisposable
{
    private const string Sweep =
        """
        name: little
        target: { kind: curve, samples: 64, validation: 32, test: 32 }
        space: { width: { int: [2, 16] }, learning_rate: { float: [0.001, 0.1], log: true } }
        trials: 6
        parallel: 2
        epochs: 3
        """;

    private readonly CommandLine cli = new();

    [Fact]
    public async Task Run_Json_IsOneDocumentWithWhatScriptsRelyOn()
    {
        var result = await cli.RunAsync("run", cli.Write("little.yaml", Sweep), "-o", "json", "--slots", "2");

        Assert.Equal(0, result.ExitCode);
        var document = JsonNode.Parse(result.Output)!;
        Assert.Matches("^little-[0-9a-f]{4}$", document["sweep"]!.GetValue<string>());
        Assert.Matches("^[0-9a-f]{64}$", document["digest"]!.GetValue<string>());
        Assert.Equal(6, document["trials"]!.AsArray().Count);
        foreach (var trial in document["trials"]!.AsArray())
        {
            foreach (var key in new[] { "number", "state", "parameters", "best_epoch", "training_loss", "validation_loss", "rmse", "gap" })
            {
                Assert.NotNull(trial![key]);
            }
        }

        Assert.True(document["winner"]!["test_rmse"]!.GetValue<double>() > 0);
        Assert.InRange(document["coordinator_share"]!.GetValue<double>(), 0, 1);
    }

    [Fact]
    public async Task Run_OffATerminal_WritesNoEscapes()
    {
        var result = await cli.RunAsync("run", cli.Write("little.yaml", Sweep));

        Assert.Equal(0, result.ExitCode);
        Assert.DoesNotContain('\u001b', result.Output + result.Error);
        Assert.Contains("best so far", result.Error, StringComparison.Ordinal);
        Assert.Contains("winner: trial", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("parallel: 3", "2", true)]
    [InlineData("parallel: 4", "2", false)]
    [InlineData("parallel: 1", "1", false)]
    [InlineData("parallel: 3\nexecution: eager", "2", false)]
    public async Task Run_FewerTrialsInFlightThanTwiceTheSlots_SaysThatSlotsWillWait(string settings, string slots, bool hints)
    {
        var file = cli.Write("waiting.yaml", $"target: curve\nspace: {{width: {{int: [2, 16]}}}}\ntrials: 4\nepochs: 1\n{settings}\n");

        var result = await cli.RunAsync("run", file, "--slots", slots);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(hints, result.Error.Contains("'parallel: 4' in the sweep file", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Importance_FinishedSweep_SharesAndBars()
    {
        var id = await RunAsync(Sweep.Replace("trials: 6", "trials: 12", StringComparison.Ordinal));

        var document = JsonNode.Parse((await cli.RunAsync("importance", id, "-o", "json")).Output)!;
        Assert.Equal("ped-anova", document["method"]!.GetValue<string>());
        Assert.Equal(["learning_rate", "width"], document["parameters"]!.AsArray().Select(one => one!["parameter"]!.GetValue<string>()).Order());
        Assert.Equal(1, document["parameters"]!.AsArray().Sum(one => one!["importance"]!.GetValue<double>()), 1e-9);
        Assert.Contains("learning_rate", (await cli.RunAsync("importance", id, "--method", "fanova")).Output, StringComparison.Ordinal);
        Assert.Contains("says nothing yet", (await cli.RunAsync("importance", await RunAsync(Sweep))).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_By_EffectsOfOneParameterOrTwo()
    {
        var id = await RunAsync(Sweep);

        var one = JsonNode.Parse((await cli.RunAsync("show", id, "--by", "width", "-o", "json")).Output)!;
        Assert.Equal(6, one["effects"]!.AsArray().Sum(effect => effect!["configurations"]!.GetValue<int>()));
        var two = (await cli.RunAsync("show", id, "--by", "width", "--and", "learning_rate", "-o", "csv")).Output;
        Assert.StartsWith("width,learning_rate,mean,low,high,observed,configurations", two, StringComparison.Ordinal);
        var wrong = await cli.RunAsync("show", id, "--by", "wdith");
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("Parameter is wdith, but must be one of those searched: width, learning_rate.", wrong.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await cli.RunAsync("show", id, "--and", "width")).ExitCode);
    }

    [Fact]
    public async Task Compare_TrialsAndSweeps_WhatDiffers()
    {
        var first = await RunAsync(Sweep);
        var second = await RunAsync(Sweep.Replace("epochs: 3", "epochs: 4", StringComparison.Ordinal));

        var trials = JsonNode.Parse((await cli.RunAsync("compare", $"{first}:0", $"{first}:1", "-o", "json")).Output)!;
        Assert.Equal(["learning_rate", "width"], trials["parameters"]!.AsArray().Select(one => one!["parameter"]!.GetValue<string>()));
        Assert.Equal(3, trials["curves"]!.AsArray().Count);
        var sweeps = JsonNode.Parse((await cli.RunAsync("compare", first, second, "-o", "json")).Output)!;
        Assert.Equal(6, sweeps["shared_configurations"]!.GetValue<int>());
        Assert.InRange(sweeps["test"]!["p"]!.GetValue<double>(), 0, 1);
        Assert.Contains("paired t test", (await cli.RunAsync("compare", first, second)).Output, StringComparison.Ordinal);
        Assert.Equal(2, (await cli.RunAsync("compare", first, $"{second}:1")).ExitCode);
        Assert.Equal(4, (await cli.RunAsync("compare", $"{first}:0", $"{first}:99")).ExitCode);
    }

    [Fact]
    public async Task Run_RaceAndSeveralObjectives_AllOfItInTheDocument()
    {
        var raced = await RunAsync(Sweep.Replace("trials: 6", "trials: 12\nreplicates: {race: 3}\nconfirm: 2\novertuning: true", StringComparison.Ordinal));
        var document = JsonNode.Parse((await cli.RunAsync("show", raced, "-o", "json")).Output)!;
        var row = document["leaderboard"]![0]!;
        Assert.Equal(2, row["confirmation"]!["values"]!.AsArray().Count);
        Assert.NotEmpty(row["values"]!.AsArray());
        Assert.True(document["overtuning"]!["absolute"]!.GetValue<double>() >= 0);
        Assert.Contains("on 2 fresh seeds", (await cli.RunAsync("show", raced)).Output, StringComparison.Ordinal);

        var fronts = await RunAsync(Sweep + "\nobjective: [{minimize: validation.loss}, {minimize: parameters}]");
        document = JsonNode.Parse((await cli.RunAsync("show", fronts, "-o", "json")).Output)!;
        Assert.Equal(1, document["leaderboard"]![0]!["pareto_rank"]!.GetValue<int>());
        Assert.Equal(2, document["front"]!["reference"]!.AsArray().Count);
    }

    private async Task<string> RunAsync(string sweep)
    {
        var result = await cli.RunAsync("run", cli.Write($"{Guid.CreateVersion7():N}.yaml", sweep), "-o", "json", "--slots", "1");
        Assert.True(result.ExitCode == 0, result.Error);
        return JsonNode.Parse(result.Output)!["sweep"]!.GetValue<string>();
    }

    [Fact]
    public async Task NoCommand_NoArguments_PrintsTheHelp()
    {
        var output = new StringWriter();

        var exitCode = await Commands.CommandTree.RunAsync([], output, TextWriter.Null, CancellationToken.None);

        Assert.Equal(0, exitCode);
        Assert.Contains("run <FILE>", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_HomeOfItsOwn_SaysItInBothNextSteps()
    {
        var result = await cli.RunAsync("run", cli.Write("little.yaml", Sweep));

        Assert.Equal(2, result.Error.Split('\n').Single(line => line.Contains("Next: ", StringComparison.Ordinal)).Split(" --home ").Length - 1);
    }

    [Fact]
    public async Task Run_Quiet_SaysNothingOnTheWay() =>
        Assert.Equal("", (await cli.RunAsync("run", cli.Write("little.yaml", Sweep), "--quiet")).Error);

    [Fact]
    public async Task Run_Seed_OverridesTheFiles()
    {
        var file = cli.Write("little.yaml", Sweep);
        var digests = new List<string>();
        foreach (var seed in new[] { "1", "1", "2" })
        {
            digests.Add(JsonNode.Parse((await cli.RunAsync("run", file, "-q", "-o", "json", "--seed", seed)).Output)!["digest"]!.GetValue<string>());
        }

        Assert.Equal(digests[0], digests[1]);
        Assert.NotEqual(digests[0], digests[2]);
    }

    [Fact]
    public async Task ShowListExport_AfterARun_FindTheSweep()
    {
        var run = JsonNode.Parse((await cli.RunAsync("run", cli.Write("little.yaml", Sweep), "-q", "-o", "json")).Output)!;
        var id = run["sweep"]!.GetValue<string>();

        Assert.Contains(id, (await cli.RunAsync("ls")).Output, StringComparison.Ordinal);
        Assert.Equal(id, JsonNode.Parse((await cli.RunAsync("ls", "-o", "json")).Output)![0]!["sweep"]!.GetValue<string>());
        Assert.Contains(run["digest"]!.GetValue<string>(), (await cli.RunAsync("show", id)).Output, StringComparison.Ordinal);
        Assert.Equal(3, JsonNode.Parse((await cli.RunAsync("show", id, "1", "-o", "json")).Output)!["curves"]!.AsArray().Count);
        Assert.Equal(7, (await cli.RunAsync("export", id)).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(19, (await cli.RunAsync("export", id, "--epochs")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(0, (await cli.RunAsync("resume", id)).ExitCode);
    }

    [Fact]
    public async Task Export_OptunaJournal_WritesTheFileWithTheJournalsTimes()
    {
        var before = TimeProvider.System.GetUtcNow().UtcDateTime;
        var id = JsonNode.Parse((await cli.RunAsync("run", cli.Write("little.yaml", Sweep), "-q", "-o", "json")).Output)!["sweep"]!.GetValue<string>();
        var file = Path.Combine(cli.Folder, "sweep.log");

        var result = await cli.RunAsync("export", id, "--format", "optuna-journal", "-o", file);

        Assert.Equal((0, file), (result.ExitCode, result.Output.Trim()));
        var operations = File.ReadAllLines(file).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal(id, operations[0]["study_name"]!.GetValue<string>());
        Assert.Equal(6, operations.Count(operation => operation["op_code"]!.GetValue<int>() == 4));
        var ends = operations.Where(operation => operation["op_code"]!.GetValue<int>() == 6).Select(operation => operation["datetime_complete"]!.GetValue<DateTime>()).ToList();
        Assert.Equal(6, ends.Count);
        Assert.All(ends, end => Assert.InRange(end.ToUniversalTime(), before.AddSeconds(-1), TimeProvider.System.GetUtcNow().UtcDateTime));
        Assert.Equal(File.ReadAllText(file), (await cli.RunAsync("export", id, "--format", "optuna-journal")).Output);
    }

    [Fact]
    public async Task Run_FromAnEarlierSweep_SaysWhatItTookAndNeedsItNoMore()
    {
        var earlier = JsonNode.Parse((await cli.RunAsync("run", cli.Write("little.yaml", Sweep), "-q", "-o", "json")).Output)!["sweep"]!.GetValue<string>();

        var byName = await cli.RunAsync("run", cli.Write("later.yaml", Sweep.Replace("name: little", "name: later\nfrom: little", StringComparison.Ordinal).Replace("[2, 16]", "[2, 12]", StringComparison.Ordinal)), "-q");
        var byIdentity = await cli.RunAsync("run", cli.Write("later.yaml", Sweep.Replace("name: little", $"name: later\nfrom: {earlier}", StringComparison.Ordinal)), "-q");
        var nowhere = await cli.RunAsync("run", cli.Write("later.yaml", Sweep.Replace("name: little", "from: nowhere", StringComparison.Ordinal)), "-q");

        Assert.Matches("from little: [1-6] observations known from the start, [0-5] dropped, digest [0-9a-f]{64}", byName.Output);
        Assert.Contains($"from {earlier}: 6 observations known from the start, 0 dropped", byIdentity.Output, StringComparison.Ordinal);
        Assert.Equal(2, nowhere.ExitCode);
        Assert.EndsWith("later.yaml: from is 'nowhere', but must be the identity, or the name, of a sweep here that has ended. 'approx ls' lists them.", nowhere.Error.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_TimeIsUp_SavesAndSaysHowToResume()
    {
        var file = cli.Write("long.yaml", Sweep.Replace("epochs: 3", "epochs: 1000000", StringComparison.Ordinal));

        var result = await cli.RunAsync("run", file, "--timeout", "0.5");

        Assert.Equal(124, result.ExitCode);
        Assert.Matches("approx resume little-[0-9a-f]{4} --home ", result.Error);
    }

    [Fact]
    public async Task Run_AllTrialsDiverge_ExitsOne()
    {
        var file = cli.Write("bad.yaml", Sweep.Replace("{ float: [0.001, 0.1], log: true }", "100, optimizer: sgd, activation: linear", StringComparison.Ordinal)
            .Replace("epochs: 3", "epochs: 200", StringComparison.Ordinal));

        var result = await cli.RunAsync("run", file, "-q");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("failed", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_SoundFile_SaysWhatWouldRun()
    {
        var result = await cli.RunAsync("check", cli.Write("little.yaml", Sweep), "-o", "json");

        Assert.Equal(0, result.ExitCode);
        var document = JsonNode.Parse(result.Output)!;
        Assert.Equal(6, document["trials"]!.GetValue<long>());
        Assert.True(document["seconds"]!.GetValue<double>() >= 0);
        Assert.False(Directory.Exists(cli.Home));
    }

    [Fact]
    public async Task Check_ChoicesWithWidthsOfTheirOwn_CountsTheirNetworks()
    {
        const string Own = "target: { kind: curve, samples: 64 }\nsampler: grid\nepochs: 1\nspace: { encoding: { choice: [identity: { widths: [10] }, taylor: { order: 2, widths: [5, 3] }] }, width: 900 }";
        var result = await cli.RunAsync("check", cli.Write("own.yaml", Own), "-o", "json");

        var document = JsonNode.Parse(result.Output)!;
        Assert.Equal(2, document["trials"]!.GetValue<long>());
        Assert.Equal(31, document["parameter_count_min"]!.GetValue<long>());
        Assert.Equal(37, document["parameter_count_max"]!.GetValue<long>());
    }

    [Fact]
    public async Task Check_NetworksBeyondTheTrainersLimits_SaysHowManyOrRefuses()
    {
        var some = await cli.RunAsync("check", cli.Write("some.yaml", "target: {kind: curve, samples: 8}\nsampler: grid\nspace: {width: {choice: [8, 16384]}, depth: {choice: [1, 64]}}\nepochs: 1\n"));
        var all = await cli.RunAsync("check", cli.Write("all.yaml", "target: {kind: curve, samples: 8}\nspace: {width: 16384, depth: 64}\n"));

        Assert.Equal(0, some.ExitCode);
        Assert.Matches("will fail +1 of 4 configurations looked at: Parameters are", some.Output);
        Assert.Equal(2, all.ExitCode);
        Assert.Contains("all.yaml: No configuration can be trained. Parameters are", all.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("fault of the program", all.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_From_SaysWhatItBringsOrThatThereIsNoSuchSweep()
    {
        var file = cli.Write("later.yaml", Sweep.Replace("name: little", "name: later\nfrom: little", StringComparison.Ordinal));
        var without = await cli.RunAsync("check", file);
        await cli.RunAsync("run", cli.Write("little.yaml", Sweep), "-q");
        var with = await cli.RunAsync("check", file);
        var other = await cli.RunAsync("check", cli.Write("other.yaml", Sweep + "\nfrom: nobody"));

        Assert.Equal((2, 0, 2), (without.ExitCode, with.ExitCode, other.ExitCode));
        Assert.Contains("there are no sweeps in", without.Error, StringComparison.Ordinal);
        Assert.Matches("from +little: 6 observations known from the start, 0 dropped", with.Output);
        Assert.Contains("from is 'nobody', but must be", other.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run x --slots abc", "--slots is abc, but must be a whole number from 1 to 1024. Change it.")]
    [InlineData("run x --threads-per-trial 0", "--threads-per-trial is 0, but must be a whole number from 1 to 1024. Give the cores that one trial may use.")]
    [InlineData("run x --top -5", "--top is -5, but must be a whole number of at least 0. Change it.")]
    [InlineData("run x --seed -1", "--seed is -1, but must be a whole number from 0 to 18446744073709551615. Change it.")]
    [InlineData("show x 1.5", "TRIAL is 1.5, but must be a whole number. Change it.")]
    [InlineData("model export x abc", "TRIAL is abc, but must be a whole number. Change it.")]
    public async Task AnyCommand_NumberThatIsNone_IsRefusedInWords(string line, string message)
    {
        var result = await cli.RunAsync(line.Split(' '));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("export", 1)]
    [InlineData("predict", 1)]
    [InlineData("show", 1)]
    public async Task Help_OutputOption_IsListedOnce(string command, int times)
    {
        var result = await cli.RunAsync(command, "--help");

        Assert.Equal(times, result.Output.Split("-o, --output").Length - 1);
    }

    [Fact]
    public async Task Check_FaultyFile_ListsEveryFaultAndExitsTwo()
    {
        var result = await cli.RunAsync("check", cli.Write("faulty.yaml", "target: curv\ntrials: 0\nepochs: many\ncolour: red\n"));

        Assert.Equal(2, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.Equal(5, result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("faulty.yaml:2:", result.Error, StringComparison.Ordinal);
        Assert.EndsWith("4 faults; nothing was run.", result.Error.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_MetricOfAnotherTarget_IsRefused()
    {
        var result = await cli.RunAsync("check", cli.Write("metric.yaml", Sweep + "\nobjective: { maximize: validation.accuracy }"));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("validation.rmse", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "run")]
    [InlineData(2, "run", "nowhere.yaml")]
    [InlineData(2, "run", "little.yaml", "--slots", "0")]
    [InlineData(2, "run", "little.yaml", "--threads-per-trial", "0")]
    [InlineData(2, "run", "little.yaml", "--threads-per-trial", "1025")]
    [InlineData(2, "run", "little.yaml", "--timeout", "soon")]
    [InlineData(2, "run", "little.yaml", "-o", "xml")]
    [InlineData(2, "run", "little.yaml", "--http", "nowhere:no")]
    [InlineData(2, "frobnicate")]
    [InlineData(4, "show", "nothing-0000")]
    [InlineData(4, "resume", "nothing-0000")]
    [InlineData(4, "export", "nothing-0000")]
    public async Task AnyCommand_WrongArguments_ExitsAsAgreedWithoutATrace(int exitCode, params string[] arguments)
    {
        var file = cli.Write("little.yaml", Sweep);

        var result = await cli.RunAsync([.. arguments.Select(argument => argument == "little.yaml" ? file : argument)]);

        Assert.Equal(exitCode, result.ExitCode);
        Assert.NotEqual("", result.Error.Trim());
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
    }

    [Fact]
    public async Task Run_HomeIsAFile_SaysWhatToDo()
    {
        var home = cli.Write("occupied", "");

        var result = await cli.RunAsync("run", cli.Write("little.yaml", Sweep), "--home", home);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("--home", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Http_ServesWhileItRuns()
    {
        var result = await cli.RunAsync("run", cli.Write("little.yaml", Sweep), "--http", "127.0.0.1:0");

        Assert.Equal(0, result.ExitCode);
        Assert.Matches("served at http://127.0.0.1:[1-9]", result.Error);
    }

    [Fact]
    public async Task Schema_Always_IsAJsonSchema() =>
        Assert.NotNull(JsonNode.Parse((await cli.RunAsync("schema")).Output)!["$schema"]);

    public void Dispose() => cli.Dispose();
}
