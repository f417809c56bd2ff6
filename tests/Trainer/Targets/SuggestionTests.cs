namespace ApproxCluster.Trainer.Tests;

public sealed class SuggestionTests
{
    [Theory]
    [InlineData("nois", " Did you mean noise?")]
    [InlineData("nosie", "")]
    [InlineData("validaton", " Did you mean validation?")]
    [InlineData("colour", "")]
    [InlineData("", "")]
    [InlineData("noise noise", "")]
    public void For_Word_NamesTheNearestWithinAThird(string given, string sentence) =>
        Assert.Equal(sentence, Suggestion.For(given, ["noise", "validation", "samples"]));

    [Fact]
    public void For_NoKnownWords_IsSilent() => Assert.Equal("", Suggestion.For("noise", []));

    [Fact]
    public void For_LongWords_IsSilentAndSoon()
    {
        Assert.Equal("", Suggestion.For(new string('x', 1_000_000), ["noise", new string('x', 1_000)]));
        Assert.Equal("", Suggestion.For("x", [new string('y', 1_000_000)]));
    }
}
