using System.Diagnostics;
using ApproxCluster.Trainer;

namespace ApproxCluster.Search.Tests;

/// <summary>Whatever a file holds, the answer is a spec or faults with places, soon, and never an exception.</summary>
public sealed class SweepFileFuzzTests
{
    private const string Ruled = """
        target: curve
        space:
          width: {int: [1, 64]}
          depth: {ordinal: [1, 2, 4]}
          optimizer: {choice: [adam, sgd: {momentum: {float: [0, 0.9], step: 0.1}}]}
        where:
          - width * depth <= 128 and not (log2(width) > 5.5 or -depth < -3)
          - "optimizer == 'adam' or min(width, 32) >= max(2, depth / 2, abs(-1))"
          - exists(optimizer.sgd.momentum) or optimizer != 'sgd'
        forbid: [{optimizer: adam, width: 1}, {optimizer.sgd.momentum: 0.9}]
        first: [{width: 8, optimizer.sgd.momentum: 0.5}, {depth: 2}]
        from: waves-3f9a
        repeats: replicate
        trials: 9
        """;

    private static readonly TargetShape Shape = new(2, 1, TaskKind.Regression, MetricKind.Rmse, 100, 50, 50);

    [Theory]
    [InlineData("choices")]
    [InlineData("equal choices")]
    [InlineData("lists")]
    [InlineData("options")]
    [InlineData("long option")]
    [InlineData("long option for many")]
    [InlineData("columns")]
    [InlineData("long key for many")]
    [InlineData("long number")]
    [InlineData("keys")]
    public void Parse_LargeFile_EndsSoonWithShortFaults(string kind)
    {
        var watch = Stopwatch.StartNew();

        var faults = Read.Faults(Large(kind));

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"took {watch.Elapsed}");
        Assert.True(faults.Max(fault => fault.Length) < 500);
    }

    [Fact]
    public void Parse_SpoiltFiles_GivesASpecOrFaults()
    {
        const int Count = 5_000;
        string[] sound =
        [
            .. Directory.GetFiles(Repository.File("examples"), "*.yaml").Order(StringComparer.Ordinal).Select(File.ReadAllText),
            .. Enumerable.Range(0, 20).Select(seed => new RandomSweeps((ulong)seed).Next()),
            .. Enumerable.Repeat(Ruled, 8),
        ];
        var files = new NastyFiles(20260801, sound);

        var stillSound = Enumerable.Range(0, Count).Count(_ => GivesASpec(files.Next()));

        Assert.InRange(stillSound, Count / 50, Count / 2);
    }

    private static bool GivesASpec(string text)
    {
        try
        {
            return Check(text);
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"This file is neither read nor refused: {Visible(text)}", error);
        }
    }

    private static bool Check(string text)
    {
        var (spec, faults) = SweepFile.Parse(text, "nasty.yaml");
        if (spec is null)
        {
            var lines = text.Split('\n', '\r', '\u0085', '\u2028', '\u2029').Length;
            Assert.NotEmpty(faults);
            Assert.All(faults, fault =>
            {
                Assert.InRange(fault.Line, 1, lines + 1);
                Assert.True(fault.Column >= 1);
                Assert.Matches("[.?]$", fault.Message);
            });
            return false;
        }

        Assert.Empty(faults);
        Assert.Equal(spec, Read.Spec(SweepFile.Canonical(spec)));
        var point = SamplerFactory.Create(spec).Suggest(0, [])!;
        Assert.True(TrialCost.Parameters(Configurations.Create(point, Shape, spec.Epochs), Shape) > 0);
        return true;
    }

    /// <summary>Files near the limits of length, each with more of one thing than anybody needs.</summary>
    private static string Large(string kind) => kind switch
    {
        "choices" => $"space: {{learning_rate: {{choice: [{Join(90_000, number => $"1{number}e-9")}]}}}}",
        "equal choices" => $"space: {{width: {{choice: [{Join(99_000, number => $"{number % 16384}")}]}}}}",
        "lists" => $"space: {{widths: {{choice: [{Join(33_000, number => $"[{number % 16384},{number / 3}]")}]}}}}",
        "options" => $"target: {{kind: curve, {Join(49_000, number => $"x{number}: 1")}}}",
        "long option" => $"target: {{kind: curve, formula: {new string('x', 1_000_000)}}}",
        "long option for many" => $"target: {{kind: curve, formula: &a {new string('x', 400_000)}, {Join(30_000, number => $"x{number}: *a")}}}",
        "columns" => $"target: {{kind: csv, file: x, target: y, columns: '{Join(120_000, number => $"{number / 2}")}'}}",
        "long key for many" => $"space: {{encoding: {{choice: [{{&a {new string('x', 400_000)}: 1}}, {Join(30_000, _ => "{*a : 1}")}]}}}}",
        "long number" => $"target: curve\nseed: {new string('9', 1_000_000)}",
        _ => string.Concat(Enumerable.Range(0, 49_000).Select(number => $"x{number}: 1\n")),
    };

    private static string Join(int count, Func<int, string> item) => string.Join(", ", Enumerable.Range(0, count).Select(item));

    private static string Visible(string text) => string.Concat(text.Select(letter => letter is >= ' ' and <= '~' ? $"{letter}" : $"\\u{(int)letter:X4}"));
}
