using System.Diagnostics;

namespace ApproxCluster.Search.Tests;

public sealed class YamlTreeTests
{
    [Theory]
    [InlineData("a: [1, 2", "1:9", "Text is not valid YAML here")]
    [InlineData("a: 1\n  b: 2", "2:4", "Text is not valid YAML here")]
    [InlineData("a: 'x", "1:4", "Text is not valid YAML here")]
    [InlineData("a:\n\tb: 1", "2:1", "Line is indented with a tab")]
    [InlineData("a: &x [*x]", "1:8", "Alias *x has no anchor before it")]
    [InlineData("a: *x", "1:4", "Alias *x has no anchor before it")]
    [InlineData("a: !!int 3", "1:4", "Tag tag:yaml.org,2002:int is given")]
    [InlineData("[a]: 3", "1:1", "Key is a list or a mapping")]
    [InlineData("a: 1\n---\nb: 2", "2:1", "File holds a second document")]
    [InlineData("a: {b\na: {b", "2:1", "Text is not valid YAML here: this ends the scanner")]
    [InlineData("...\na|b", "2:4", "Text is not valid YAML here: this ends the scanner")]
    [InlineData("  : 1}", "2:1", "Value is missing")]
    [InlineData("a: \"\\0\"", "1:4", "Text has the character U+0000 in it")]
    [InlineData("a: \"\\e[31m\"", "1:4", "Text has the character U+001B in it")]
    [InlineData("", "1:1", "File is empty or no mapping")]
    [InlineData("# nothing", "1:1", "File is empty or no mapping")]
    [InlineData("- a", "1:1", "File is empty or no mapping")]
    public void Parse_NoSweep_SaysWhereAndWhy(string text, string place, string fault) =>
        Assert.StartsWith($"test.yaml:{place}: {fault}", Read.Fault(text), StringComparison.Ordinal);

    [Fact]
    public void Parse_AnchorsThatMultiply_AreCutShort()
    {
        var lines = new List<string> { "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]" };
        for (var i = 1; i <= 12; i++)
        {
            lines.Add($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]");
        }

        Assert.Contains("more than 100000 values, aliases expanded", Read.Fault(string.Join('\n', lines)), StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_HalfOfASurrogatePair_IsRefused() =>
        Assert.StartsWith("test.yaml:1:4: Text has the character U+D800 in it", Read.Fault("a: x\uD800"), StringComparison.Ordinal);

    [Fact]
    public void Parse_LongAnchorUsedOften_IsCutShort() => Assert.StartsWith(
        "test.yaml:3:41: File has values of more than 1048576 characters, aliases expanded",
        Read.Fault($"a: &a {new string('x', 100_000)}\n\nb: [{string.Join(", ", Enumerable.Repeat("*a", 20))}]"),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    public void Parse_DeepNesting_IsCutShort(string opening) => Assert.Contains(
        "Nesting is deeper than 32 levels", Read.Fault("a:\n " + string.Concat(Enumerable.Repeat(opening, 5_000))), StringComparison.Ordinal);

    [Fact]
    public void Parse_LongFile_IsRefused() =>
        Assert.Contains("File is 1048577 characters long, but must be at most 1048576.", Read.Fault(new string('#', 1_048_577)), StringComparison.Ordinal);

    [Theory]
    [InlineData("[1,")]
    [InlineData("x: 1\n")]
    [InlineData("? \n")]
    [InlineData("\"")]
    [InlineData("&a ")]
    public void Parse_LargeNonsense_EndsSoon(string piece)
    {
        var watch = Stopwatch.StartNew();

        Read.Faults(string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length)));

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"took {watch.Elapsed}");
    }
}
