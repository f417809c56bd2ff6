namespace ApproxCluster.Search.Tests;

public sealed class FirstSamplerTests
{
    private const string Sweep = """
        target: curve
        space: {width: {int: [1, 20]}, depth: {int: [1, 4]}, optimizer: {choice: [adam, sgd: {momentum: {choice: [0, 0.5, 0.9]}}]}}
        where: width * depth <= 60
        first:
          - {width: 20, optimizer.sgd.momentum: 0.5}
          - {depth: 4, width: 1.5e1, optimizer: adam}
        """;

    [Theory]
    [InlineData("random")]
    [InlineData("sobol")]
    [InlineData("grid")]
    public void Suggest_First_ComesBeforeTheSamplersOwn(string word)
    {
        var spec = Read.Spec($"{Sweep}\nsampler: {word}");
        var sampler = SamplerFactory.Create(spec);
        var plain = SamplerFactory.Create(spec with { First = [] });

        var first = sampler.Suggest(0, [])!;
        Assert.Equal((20, "sgd", 0.5), (first["width"]!.Value.Whole, first["optimizer"]!.Value.Word, first["optimizer.sgd.momentum"]!.Value.Number));
        Assert.Equal((15, 4, "adam"), (sampler.Suggest(1, [])!["width"]!.Value.Whole, sampler.Suggest(1, [])!["depth"]!.Value.Whole, sampler.Suggest(1, [])!["optimizer"]!.Value.Word));
        for (var number = 0; number < 40; number++)
        {
            var point = sampler.Suggest(number, [])!;
            SpaceCheck.IsInside(spec.Space, point);
            Assert.True(spec.Space.Allows(point));
            Assert.Equal(SamplerFactory.Create(spec).Suggest(number, []), point);
            Assert.True(number < 2 || point.Equals(plain.Suggest(word == "random" ? number : number - 2, [])));
        }

        Assert.Equal(plain.Size + 2, sampler.Size);
        Assert.True(word != "grid" || spec.Trials == sampler.Size);
    }

    [Fact]
    public void Canonical_First_IsReadBackWithWhatItImplies()
    {
        var text = SweepFile.Canonical(Read.Spec(Sweep));

        Assert.EndsWith("""
            "first":[{"optimizer":"sgd","optimizer.sgd.momentum":0.5,"width":20},{"depth":4,"optimizer":"adam","width":15}]}
            """.Trim(), text, StringComparison.Ordinal);
        Assert.Equal(text, SweepFile.Canonical(Read.Spec(text)));
    }

    [Theory]
    [InlineData("{width: 21}", "first[0].width: width is '21', but must be a whole number from 1 to 20. Change it, or widen the space.")]
    [InlineData("{widht: 2}", "first[0].widht: Parameter is 'widht', but must be one that this space has. Did you mean 'width'?")]
    [InlineData("{optimizer: adam, optimizer.sgd.momentum: 0}", "first[0].optimizer.sgd.momentum: optimizer.sgd.momentum is given, but must be left out: it does not exist under the other values given. Delete it, or change the choice.")]
    [InlineData("{width: 20, depth: 4}", "first[0]: A point breaks the rules of the space (where, forbid), but must keep them. Change it, or the rules.")]
    [InlineData("{batch_size: 64}", "first[0].batch_size: batch_size is '64', but must be 32, as it is fixed here. Change it, or widen the space.")]
    [InlineData("{width: 1}, {width: 2}, {width: 3}", "first: first has 3 points, but must have at most trials, which is 2. Raise trials, or delete some.")]
    public void Parse_BadPoint_SaysWhat(string points, string fault) =>
        Assert.EndsWith($": {fault}", Read.Fault($"{Sweep[..Sweep.IndexOf("first", StringComparison.Ordinal)]}trials: 2\nfirst: [{points}]"), StringComparison.Ordinal);
}
