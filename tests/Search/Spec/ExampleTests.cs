using System.Text.RegularExpressions;

namespace ApproxCluster.Search.Tests;

/// <summary>The sweeps that people copy from: the examples, and the YAML blocks of the documents.</summary>
public sealed partial class ExampleTests
{
    public static TheoryData<string> Examples { get; } =
        [.. Directory.GetFiles(Repository.File("examples"), "*.yaml").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Documents { get; } =
    [
        "README.md",
        .. Directory.GetFiles(Repository.File("docs"), "*.md").Select(path => "docs/" + Path.GetFileName(path)).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_Every_IsReadAndNamesItsSchema(string name)
    {
        var text = File.ReadAllText(Repository.File("examples", name));

        IsSound(text, name);
        Assert.StartsWith("# yaml-language-server: $schema=../docs/sweep.schema.json\n", text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal(Path.GetFileNameWithoutExtension(name), SweepFile.Parse(text, "other.yaml").Spec!.Name);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Document_EverySweepInIt_IsRead(string name)
    {
        foreach (var (line, block) in Blocks(name))
        {
            var map = YamlTree.Read(block) as YamlMap;
            var isWhole = map?.Find("target") is not null || map?.Find("trainer") is not null;
            if (isWhole || map?.Find("space") is not null)
            {
                IsSound(!isWhole ? $"target: curve\n{block}" : block, $"{name}, line {line}");
            }
        }
    }

    /// <summary>So that a change of the documents' form does not leave nothing to test.</summary>
    [Fact]
    public void Documents_Blocks_AreFound()
    {
        Assert.Contains(Blocks("README.md"), block => block.Text.StartsWith("name: quickstart", StringComparison.Ordinal));
        Assert.Contains(Blocks("docs/sweep-file.md"), block => block.Text.StartsWith("space:", StringComparison.Ordinal));
    }

    private static void IsSound(string text, string name)
    {
        var (spec, faults) = SweepFile.Parse(text, name);
        Assert.True(spec is not null, string.Join('\n', faults));
        var broken = SweepSchemaTests.Faults(text);
        Assert.True(broken.Count == 0, $"{name} breaks the schema: {string.Join('\n', broken)}");
        Assert.Equal(spec, Read.Spec(SweepFile.Canonical(spec)));
    }

    private static IEnumerable<(int Line, string Text)> Blocks(string name)
    {
        var text = File.ReadAllText(Repository.File(name)).ReplaceLineEndings("\n");
        return Block().Matches(text).Select(match => (text[..match.Index].Count(letter => letter == '\n') + 2, match.Groups[1].Value));
    }

    [GeneratedRegex("^```ya?ml\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
