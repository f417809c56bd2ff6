using System.Globalization;
using System.Text.Json.Nodes;
using ApproxCluster.Trainer;

namespace ApproxCluster.Client.Tests;

public sealed class ModelCommandTests : IDisposable
{
    private const string Curve =
        "name: little\ntarget: { kind: curve, samples: 64, validation: 32, test: 32 }\nspace: { width: { int: [2, 16] } }\ntrials: 2\nepochs: 5\nseed: 4\n";

    private readonly CommandLine cli = new();

    [Fact]
    public async Task Predict_ValidationInputs_GivesTheJournaledLossAtTheBestEpoch()
    {
        var id = await SweepAsync(Curve);
        var target = TargetCatalog.Open(new TargetConfiguration("curve", new Dictionary<string, string> { ["samples"] = "64", ["validation"] = "32", ["test"] = "32" }), Seeds.Derive(4, "target"), cli.Folder);
        var validation = target.Load().Validation;
        var input = cli.Write("x.csv", "x\n" + string.Join('\n', validation.X.Select(x => x.ToString("R", CultureInfo.InvariantCulture))));

        var result = await cli.RunAsync("predict", id, "1", "--input", input);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("training it again", result.Error, StringComparison.Ordinal);
        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("value", lines[0].Trim());
        var loss = lines.Skip(1).Select((line, i) => Math.Pow(float.Parse(line, CultureInfo.InvariantCulture) - (double)validation.Values![i], 2)).Average();
        var trial = JsonNode.Parse((await cli.RunAsync("show", id, "1", "-o", "json")).Output)!;
        Assert.Equal(trial["validation_loss"]!.GetValue<double>(), loss, 1e-12);
    }

    [Fact]
    public async Task Predict_CsvClasses_NamesThemAndTheirProbabilities()
    {
        cli.Write("flowers.csv", "size,kind,weight\n" + string.Join('\n', Enumerable.Range(0, 60).Select(i => FormattableString.Invariant($"{i % 20},{(i % 20 < 10 ? "aster" : "rose")},{i % 7}"))));
        var id = await SweepAsync("name: flowers\ntarget: { kind: csv, file: flowers.csv, target: kind, task: classification }\ntrials: 1\nepochs: 200\nspace: { learning_rate: 0.02 }\n");
        var input = cli.Write("new.csv", "weight,colour,size\n3,red,1\n3,blue,18\n");
        var output = Path.Combine(cli.Folder, "out.csv");

        var result = await cli.RunAsync("predict", id, "0", "--input", input, "-o", output, "--quiet");

        Assert.Equal((0, "", ""), (result.ExitCode, result.Output, result.Error));
        var rows = (await File.ReadAllLinesAsync(output)).Select(line => line.Split(',')).ToArray();
        Assert.Equal(["kind", "probability.aster", "probability.rose"], rows[0]);
        Assert.Equal(["aster", "rose"], rows[1..].Select(row => row[0]));
        Assert.All(rows[1..], row => Assert.Equal(1, row[1..].Sum(cell => double.Parse(cell, CultureInfo.InvariantCulture)), 1e-6));
    }

    [Fact]
    public async Task Predict_ScaledCsvValues_AreInTheUnitsOfTheFile()
    {
        cli.Write("line.csv", "x,y\n" + string.Join('\n', Enumerable.Range(0, 80).Select(i => FormattableString.Invariant($"{i},{5000 + 10 * i}"))));
        var id = await SweepAsync("name: line\ntarget: { kind: csv, file: line.csv, target: y }\ntrials: 1\nepochs: 200\nspace: { activation: linear, learning_rate: 0.02 }\n");

        var result = await cli.RunAsync("predict", id, "0", "--input", cli.Write("x.csv", "20\n60\n"), "-q");

        var values = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => double.Parse(line, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(5200, values[0], 30.0);
        Assert.Equal(5600, values[1], 30.0);
    }

    [Theory]
    [InlineData("onnx")]
    [InlineData("npz")]
    [InlineData("model")]
    public async Task ModelExport_EveryFormat_WritesTheFileAndNamesIt(string format)
    {
        var id = await SweepAsync(Curve);
        var file = Path.Combine(cli.Folder, "a." + format);

        var result = await cli.RunAsync("model", "export", id, "0", "--format", format, "-o", file);

        Assert.Equal((0, file), (result.ExitCode, result.Output.Trim()));
        Assert.True(new FileInfo(file).Length > 100);
    }

    [Fact]
    public async Task ModelExport_Model_LoadsAndPredictsTheSame()
    {
        var id = await SweepAsync(Curve);
        var file = Path.Combine(cli.Folder, "a.model");
        await cli.RunAsync("model", "export", id, "0", "--format", "model", "-o", file);
        var predicted = await cli.RunAsync("predict", id, "0", "--input", cli.Write("x.csv", "0.25\n-1\n"));

        using var model = Model.Load(file);

        Assert.Equal(["value", .. model.Predict([0.25f, -1]).Select(y => y.ToString("R", CultureInfo.InvariantCulture))], predicted.Output.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData(4, "There is no sweep", "predict", "nothing-0000", "0", "--input", "x.csv")]
    [InlineData(4, "There is no trial 7", "predict", "ID", "7", "--input", "x.csv")]
    [InlineData(2, "--input", "predict", "ID", "0")]
    [InlineData(2, "must be an existing CSV file", "predict", "ID", "0", "--input", "none.csv")]
    [InlineData(2, "must be 1 (x)", "predict", "ID", "0", "--input", "two.csv")]
    [InlineData(2, "x is 'many', but must be a finite number", "predict", "ID", "0", "--input", "words.csv")]
    [InlineData(2, "cannot be written", "predict", "ID", "0", "--input", "x.csv", "-o", "none/out.csv")]
    [InlineData(4, "There is no trial -1", "model", "export", "ID", "-1")]
    [InlineData(2, "'pickle' not recognized", "model", "export", "ID", "0", "--format", "pickle")]
    public async Task AnyCommand_WrongArguments_ExitsAsAgreedWithoutATrace(int exitCode, string says, params string[] arguments)
    {
        var id = await SweepAsync(Curve);
        cli.Write("x.csv", "0.5\n");
        cli.Write("two.csv", "1,2\n");
        cli.Write("words.csv", "x\n1\nmany\n");

        var result = await cli.RunAsync([.. arguments.Select(argument => argument == "ID" ? id : argument.Contains(".csv", StringComparison.Ordinal) ? Path.Combine(cli.Folder, argument) : argument)]);

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(says, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("training it again", result.Error, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
    }

    [Fact]
    public async Task Predict_FarBeyondTheData_GivesARowForEachRow()
    {
        var id = await SweepAsync("name: far\ntarget: { kind: curve, samples: 50 }\nspace: { encoding: { fourier1d: { order: 2 } }, learning_rate: 0.01 }\ntrials: 1\nepochs: 1\n");

        var result = await cli.RunAsync("predict", id, "0", "--input", cli.Write("x.csv", "0.5\n3e38\n"), "-q");

        Assert.Equal("NaN", result.Output.ReplaceLineEndings("\n").Split('\n')[2]);
    }

    [Fact]
    public async Task Predict_TrialThatDivergedAtOnce_SaysThatItHasNoModel()
    {
        var id = await SweepAsync("name: bad\ntarget: { kind: curve, samples: 5000 }\nspace: { activation: linear, optimizer: sgd, learning_rate: 100, batch_size: 1 }\ntrials: 1\nepochs: 1\n", exitCode: 1);

        var result = await cli.RunAsync("predict", id, "0", "--input", cli.Write("x.csv", "0.5\n"));

        Assert.Equal(4, result.ExitCode);
        Assert.Contains("has no epoch with a finite result", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_DataFileChanged_IsRefused()
    {
        var rows = Enumerable.Range(0, 40).Select(i => FormattableString.Invariant($"{i},{i % 7}"));
        cli.Write("t.csv", "x,y\n" + string.Join('\n', rows));
        var id = await SweepAsync("name: changed\ntarget: { kind: csv, file: t.csv, target: y }\ntrials: 1\nepochs: 1\n");
        cli.Write("t.csv", "x,y\n" + string.Join('\n', rows.Reverse()));

        var result = await cli.RunAsync("predict", id, "0", "--input", cli.Write("x.csv", "0.5\n"));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("the files have changed", result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => cli.Dispose();

    private async Task<string> SweepAsync(string text, int exitCode = 0)
    {
        var result = await cli.RunAsync("run", cli.Write("sweep.yaml", text), "-q", "-o", "json");
        Assert.True(result.ExitCode == exitCode, result.Error);
        return JsonNode.Parse((await cli.RunAsync("ls", "-o", "json")).Output)![0]!["sweep"]!.GetValue<string>();
    }
}
