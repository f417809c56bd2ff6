using ApproxCluster.Trainer;

namespace ApproxCluster.Search.Tests;

public sealed class SearchRegionTests
{
    [Fact]
    public void Bounds_LengthScales_ShapeTheBoxToTheSameVolume()
    {
        var space = new GaussianSpace(new SearchSpace([new("x", new FloatDomain(0, 1)), new("y", new FloatDomain(0, 1))]));
        var box = new SearchRegion(space, [0.5, 0.5], [2, 0.5], 0.1);

        Assert.Equal((0.4, 0.6), (box.Lower(0), box.Upper(0)));
        Assert.Equal((0.475, 0.525), (box.Lower(1), box.Upper(1)));
    }

    [Fact]
    public void Bounds_NearTheEdge_AreTheCubes()
    {
        var space = new GaussianSpace(new SearchSpace([new("x", new FloatDomain(0, 1))]));
        var box = new SearchRegion(space, [0.9], [1], 0.8);

        Assert.Equal((0.5, 1.0), (box.Lower(0), box.Upper(0)));
    }

    [Fact]
    public void Contains_OneStepOfAWhole_IsInsideHoweverShort()
    {
        var space = new GaussianSpace(new SearchSpace([new("n", new IntDomain(0, 9))]));
        var box = new SearchRegion(space, [space.At(0, 4)], [1], 0.01);

        Assert.Equal([3, 4, 5], Enumerable.Range(0, 10).Where(value => box.Contains([space.At(0, value)])));
    }

    [Fact]
    public void Contains_OneChoice_IsAllThatHasIt()
    {
        var domain = new ChoiceDomain([new(ParameterValue.Of("a"), []), new(ParameterValue.Of("b"), [])]);
        var space = new GaussianSpace(new SearchSpace([new("p", domain), new("q", domain), new("x", new FloatDomain(0, 1))]));
        var region = new SearchRegion(space, [1, 0, 0.5], 0);
        double[] outside = [0, 1, 0];
        double[] units = [0.1, 0.9, 0.7];
        var random = new Philox(1, 1);

        Assert.True(region.Contains([1, 1, 0]));
        Assert.False(region.Contains(outside));
        region.Clip(outside, ref random);
        Assert.Equal([1, 1, 0], outside);
        region.Shrink(units, ref random);
        Assert.Equal([1, 1, 0.7], units);
    }

    [Fact]
    public void Contains_Choices_AtMostTheLengthsShareOfThemDiffers()
    {
        var domain = new ChoiceDomain([new(ParameterValue.Of("a"), []), new(ParameterValue.Of("b"), [])]);
        var space = new GaussianSpace(new SearchSpace([.. "pqrs".Select(name => new Parameter(name.ToString(), domain))]));

        Assert.True(new SearchRegion(space, [0, 0, 0, 0], [1, 1, 1, 1], 0.4).Contains([1, 0, 0, 1]));
        Assert.False(new SearchRegion(space, [0, 0, 0, 0], [1, 1, 1, 1], 0.4).Contains([1, 0, 1, 1]));
        Assert.True(new SearchRegion(space, [0, 0, 0, 0], [1, 1, 1, 1], 0.01).Contains([0, 1, 0, 0]));
    }

    [Fact]
    public void Rows_AnySpace_AreInside()
    {
        foreach (var (name, text) in SpaceCheck.Spaces)
        {
            var searched = Read.Space(text.ReplaceLineEndings(" "));
            var space = new GaussianSpace(searched);
            var point = new double[space.Count];
            space.Encode(new RandomSampler(searched, 3).Suggest(0, [])!, point);
            var box = new SearchRegion(space, point, [.. point.Select((_, column) => 0.5 + column)], 0.1);
            var random = new Philox(5);
            var candidates = new Candidates(space, box);
            candidates.AddSobol(64, ref random);
            if (space.Count > 0)
            {
                candidates.AddAround(point, [.. point.Select(_ => 1.0)], 60, ref random);
            }

            for (var index = 0; index < candidates.Rows.Count; index++)
            {
                var row = candidates.Rows[index].ToArray();
                Assert.True(box.Contains(row), $"{name}: {string.Join(' ', row)} around {string.Join(' ', point)}");
            }
        }
    }
}
