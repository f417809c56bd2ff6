namespace ApproxCluster.Search.Tests;

public sealed class AutoSamplerTests : ModelSamplerContract
{
    protected override string Word => "auto";

    protected override int ToyTrials => 50;

    protected override double ToyNear => 2e-3;

    [Fact]
    public void Suggest_LongHistory_IsTheParzenEstimators()
    {
        var settings = new SamplerSettings { Space = Space("all"), Seed = 1 };
        var history = new SearchHistory();
        var random = new RandomSampler(settings.Space, 1);
        for (var number = 0; number < AutoSampler.MostForGaussian; number++)
        {
            history.Set(new(number, random.Suggest(number, history)!, TrialState.Completed, number % 17));
        }

        Assert.Equal(
            new TpeSampler(new(), settings).Suggest(history.Count, history), new AutoSampler(settings).Suggest(history.Count, history));
    }

    [Theory]
    [InlineData(TrialState.Pruned, 20, true)]
    [InlineData(TrialState.Paused, 20, true)]
    [InlineData(TrialState.Pruned, 19, false)]
    [InlineData(TrialState.Running, 30, false)]
    public void Suggest_MostTrialsStopped_IsTheDensities(TrialState state, int count, bool densities)
    {
        var settings = new SamplerSettings { Space = Space("all"), Seed = 1, Epochs = 9 };
        var history = new SearchHistory();
        var random = new RandomSampler(settings.Space, 1);
        for (var number = 0; number < 41; number++)
        {
            history.Set(new(number, random.Suggest(number, history)!, number <= count ? state : TrialState.Completed, number % 17) { Curve = [number % 17, number % 13] });
        }

        var expected = densities ? new BohbSampler(new(), settings).Suggest(41, history) : new GaussianSampler(new(), settings).Suggest(41, history);

        Assert.Equal(expected, new AutoSampler(settings).Suggest(41, history));
    }

    [Theory]
    [InlineData(48, 5, true)]
    [InlineData(44, 5, false)]
    [InlineData(44, 4, true)]
    [InlineData(45, 4, false)]
    public void Suggest_MostTrialsStopped_TheModelHasTurnsAsLongAsTheyPay(int count, int improving, bool model)
    {
        // Every improving-th configuration is better than all before: with 4 those are the model's own.
        var settings = new SamplerSettings { Space = Space("all"), Seed = 1, Epochs = 9 };
        var history = new SearchHistory();
        var random = new RandomSampler(settings.Space, 1);
        for (var number = 0; number < count; number++)
        {
            history.Set(new(number, random.Suggest(number, history)!, TrialState.Pruned, null) { Curve = [number % improving == 0 ? -number : 100 + number % 7] });
        }

        ISampler expected = model ? new GaussianSampler(new(), settings) : new BohbSampler(new(), settings);

        Assert.Equal(expected.Suggest(count, history), new AutoSampler(settings).Suggest(count, history));
    }

    [Fact]
    public void Suggest_EarlierSearchsCurves_CountForNobodysTurns()
    {
        // The same of this search's own are the case of 44 and 5 above.
        var settings = new SamplerSettings { Space = Space("all"), Seed = 1, Epochs = 9, HasPrior = true };
        var history = new SearchHistory();
        var random = new RandomSampler(settings.Space, 1);
        for (var number = 0; number < 44; number++)
        {
            history.AddPrior(new(number, random.Suggest(number, history)!, TrialState.Pruned, null) { Curve = [number % 5 == 0 ? -number : 100 + number % 7] });
        }

        Assert.Equal(new GaussianSampler(new(), settings).Suggest(44, history), new AutoSampler(settings).Suggest(44, history));
    }
}
