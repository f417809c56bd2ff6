namespace ApproxCluster.Search.Tests;

/// <summary>What every sampler keeps.</summary>
public abstract partial class SamplerContract
{
    private const int Count = 200;

    private SweepSpec? spec;

    /// <summary>The word for the sampler in sweep files.</summary>
    protected abstract string Word { get; }

    /// <summary>Whether the seed changes its choices.</summary>
    protected virtual bool IsSeeded => true;

    /// <summary>Whether it takes continuous ranges.</summary>
    protected virtual bool TakesRanges => true;

    /// <summary>Name of the class that the word stands for.</summary>
    protected virtual string SamplerName => GetType().Name.Replace("Tests", "", StringComparison.Ordinal);

    [Fact]
    public void Suggest_EverySpace_StaysInside()
    {
        foreach (var (name, space) in Spaces())
        {
            var sampler = Create(space, 1);
            for (var configuration = 0; configuration < Count; configuration++)
            {
                if (sampler.Suggest(configuration, []) is { } point)
                {
                    SpaceCheck.IsInside(space, point);
                }
                else
                {
                    Assert.True(configuration >= sampler.Size, $"{name}: nothing at {configuration} of {sampler.Size}");
                }
            }
        }
    }

    [Fact]
    public void Suggest_AnyOrderAndInstance_IsAFunctionOfTheNumber()
    {
        foreach (var (_, space) in Spaces())
        {
            var forward = Enumerable.Range(0, 40).Select(number => Create(space, 5).Suggest(number, [])).ToList();
            var sampler = Create(space, 5);
            var backward = Enumerable.Range(0, 40).Reverse().Select(number => sampler.Suggest(number, [])).Reverse();

            Assert.Equal(forward, backward);
        }
    }

    [Fact]
    public void Suggest_OtherSeed_GivesOtherPoints()
    {
        var space = Space("whole log");
        var points = Points(space, 1);

        Assert.Equal(IsSeeded, !points.SequenceEqual(Points(space, 2)));
    }

    [Fact]
    public void Suggest_StrangeHistory_IsTaken()
    {
        var space = Space("nested");
        var sampler = Create(space, 1);
        var point = sampler.Suggest(0, [])!;
        SearchHistory history =
        [
            new(0, point, TrialState.Failed, null),
            new(1, point, TrialState.Completed, double.NaN),
            new(2, point, TrialState.Pruned, double.PositiveInfinity),
            new(3, point, TrialState.Completed, 1),
            new(4, point, TrialState.Completed, 1),
            new(5, point, TrialState.Running, null),
        ];

        SpaceCheck.IsInside(space, sampler.Suggest(6, history)!);
    }

    [Fact]
    public void Suggest_ManyPoints_TakeEveryValueOfASmallSpace()
    {
        var points = Points(Space("nested"), 3);

        Assert.Equal(12, points.Where(point => point is not null).Distinct().Count());
    }

    [Fact]
    public void Suggest_Factory_MakesTheSamplerOfTheFile() =>
        Assert.Equal(SamplerName, Create(Space("choice"), 1).GetType().Name);

    private protected ISampler Create(SearchSpace space, ulong seed, int objectives = 1)
    {
        spec ??= Read.Spec($"target: curve\nsampler: {Word}");
        return SamplerFactory.Create(spec.Sampler, SamplerSettings.Of(spec) with { Space = space, Seed = seed, Objectives = objectives });
    }

    private protected static SearchSpace Space(string name) => Read.Space(SpaceCheck.Spaces[name].ReplaceLineEndings(" "));

    private List<Assignment?> Points(SearchSpace space, ulong seed) =>
        [.. Enumerable.Range(0, Count).Select(number => Create(space, seed).Suggest(number, []))];

    private IEnumerable<(string Name, SearchSpace Space)> Spaces() => SpaceCheck.Spaces.Keys.Select(name => (name, Space(name)))
        .Where(pair => TakesRanges || GridCells.FirstContinuous(pair.Item2) is null);
}
