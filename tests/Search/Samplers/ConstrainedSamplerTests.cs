namespace ApproxCluster.Search.Tests;

public sealed class ConstrainedSamplerTests
{
    private const string Rules = """
        target: curve
        space: {width: {int: [1, 20]}, depth: {int: [1, 10]}, optimizer: {choice: [adam, sgd: {momentum: {choice: [0, 0.5, 0.9]}}]}}
        where: [width * depth <= 60, optimizer.sgd.momentum < 0.9 or width > 10]
        forbid: {optimizer: adam, width: 1}
        """;

    [Theory]
    [InlineData("random")]
    [InlineData("sobol")]
    [InlineData("grid")]
    public void Suggest_UnderRules_KeepsThemInAnyOrderAndInstance(string word)
    {
        var spec = Read.Spec($"{Rules}\nsampler: {word}");
        var numbers = Enumerable.Range(0, 300).ToList();

        var points = numbers.Select(number => SamplerFactory.Create(spec).Suggest(number, [])!).ToList();

        Assert.All(points, point => SpaceCheck.IsInside(spec.Space, point));
        Assert.All(points, point => Assert.True(spec.Space.Allows(point)));
        var sampler = SamplerFactory.Create(spec);
        Assert.Equal(points, numbers.AsEnumerable().Reverse().Select(number => sampler.Suggest(number, [])!).Reverse());
    }

    [Fact]
    public void Size_GridUnderRules_CountsWhatIsLeft()
    {
        var spec = Read.Spec($"{Rules}\nsampler: grid");
        var all = new GridSampler(spec.Space);
        var left = Enumerable.Range(0, (int)all.Size!).Select(number => all.Suggest(number, [])!).Where(spec.Space.Allows).ToList();

        var sampler = SamplerFactory.Create(spec);

        Assert.Equal((left.Count, left.Count), (sampler.Size, spec.Trials));
        Assert.Equal(left, Enumerable.Range(0, left.Count).Select(number => sampler.Suggest(number, [])!));
        Assert.Null(sampler.Suggest(left.Count, []));
    }

    [Fact]
    public void Suggest_RandomUnderRules_ChangesOnlyWhatBreaksThemAndIsEven()
    {
        var spec = Read.Spec("target: curve\nspace: {width: {int: [1, 10]}}\nwhere: width <= 4");
        var free = new RandomSampler(spec.Space, spec.Seed);
        var sampler = SamplerFactory.Create(spec);
        var counts = new int[5];
        for (var number = 0; number < 4000; number++)
        {
            var point = sampler.Suggest(number, [])!;
            counts[point["width"]!.Value.Whole]++;
            var wanted = free.Suggest(number, [])!;
            Assert.True(!spec.Space.Allows(wanted) || wanted.Equals(point));
        }

        Assert.All(counts[1..], count => Assert.InRange(count, 880, 1120));
    }

    [Fact]
    public void Suggest_ModelUnderRules_StaysNearWhatItWanted()
    {
        var spec = Read.Spec("""
            target: curve
            space: {width: {int: [1, 1000]}, depth: {int: [1, 60]}, learning_rate: {float: [0.1, 1]}, batch_size: {int: [1, 1000]}}
            where: width * depth <= 3000
            """);
        var wanted = new Assignment(spec.Space.Parameters.Select(parameter => KeyValuePair.Create(parameter.Path, UnitMapping.Value(parameter.Domain, 0.9))));
        var kept = 0;
        for (var number = 0; number < 200; number++)
        {
            var point = new RedrawingSampler(new Stubborn(wanted), spec.Space, 1).Suggest(number, [])!;
            Assert.True(spec.Space.Allows(point));
            kept += new[] { "width", "depth", "learning_rate", "batch_size" }.Count(path => point[path] == wanted[path]);
        }

        // Width, depth or both have to give way; the rest stays.
        Assert.InRange(kept, 450, 600);
    }

    [Fact]
    public void Create_TunerWithHardlyAnythingLeft_IsRefused()
    {
        var space = new SearchSpace([new("x", new FloatDomain(0, 1))]);
        space = space with { Constraints = [WhereConstraint.Parse("x < 1e-6", space)] };

        var fault = Assert.Throws<ArgumentException>(() => new Tuner(new SamplerSettings { Space = space, Seed = 1 }, new RandomSamplerSpec()));

        Assert.Contains("leave 0 of 4096 random points", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Canonical_Rules_AreKeptAndReadBack()
    {
        var spec = Read.Spec(Rules);

        var text = SweepFile.Canonical(spec);

        Assert.Contains("""
            "where":["width * depth <= 60","optimizer.sgd.momentum < 0.9 or width > 10"],"forbid":[{"optimizer":"adam","width":1}],
            """.Trim(), text, StringComparison.Ordinal);
        Assert.Equal(text, SweepFile.Canonical(Read.Spec(text)));
    }

    [Fact]
    public void Ordinal_Values_AreKeptInOrderAndModelledByIndex()
    {
        var spec = Read.Spec("target: curve\nspace: {width: {ordinal: [16, 24, 64, 256]}}");
        var column = Assert.Single(new SpaceColumns(spec.Space).Columns);

        Assert.False(column.IsCategorical);
        Assert.Equal([0.125, 0.375, 0.625, 0.875], new long[] { 16, 24, 64, 256 }.Select(width => column.Encode(ParameterValue.Of(width))));
        Assert.Equal(ParameterValue.Of(64L), column.Decode(0.51));
        Assert.Equal(0.625, column.Snap(0.7));
        Assert.Contains("\"width\":{\"ordinal\":[16,24,64,256]}", SweepFile.Canonical(spec), StringComparison.Ordinal);
    }

    private sealed class Stubborn(Assignment point) : ISampler
    {
        public long? Size => null;

        public Assignment? Suggest(int configuration, SearchHistory history) => point;
    }
}
