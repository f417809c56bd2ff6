using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// Bayesian optimization by a Gaussian process: scrambled Sobol points first, then the point of the largest expected improvement under a Matern 5/2 model of everything that has
/// ended, see <see cref="GaussianPosterior"/>, <see cref="LogExpectedImprovement"/> and <see cref="AcquisitionSearch"/>.
/// </summary>
internal sealed class GaussianSampler : ISampler
{
    private readonly GaussianSpace space;
    private readonly MaternKernel kernel;
    private readonly SobolSampler startup;
    private readonly ISampler? other;
    private readonly ulong key;
    private readonly int startups;
    private readonly FinishedOrder finished = new();
    private readonly GaussianFits fits;

    public GaussianSampler(SamplerSettings settings)
    {
        space = new GaussianSpace(settings.Space);
        kernel = new MaternKernel(space.IsCategorical);
        startup = new SobolSampler(settings.Space, settings.Seed);
        key = Seeds.Derive(settings.Seed, "sampler.gp");
        startups = (int)Knobs.Get("SU", Math.Max(5, Math.Min(2 * space.Count, settings.Budget / 5)));
        if (Knobs.Get("RND", 0) > 0) { other = new RandomSampler(settings.Space, settings.Seed); }
        fits = new GaussianFits(kernel);
    }

    /// <inheritdoc />
    public long? Size => null;

    /// <inheritdoc />
    public Assignment? Suggest(int configuration, SearchHistory history)
    {
        fits.Forget(finished.Update(history));
        if (configuration < startups || space.Count == 0)
        {
            return (other ?? startup).Suggest(configuration, history);
        }

        var data = GaussianData.Of(space, history, finished.Order);
        if (data.Count < 2)
        {
            return startup.Suggest(configuration, history);
        }

        var model = fits.Model(data, out var outputs);
        SolvedBasins? basins = null;
        if (Knobs.A > 0 && configuration % 3 != 0 && new SolvedBasins(model, data) is { Any: true } solved)
        {
            basins = solved;
            if (solved.Active.Count < Math.Min(startups, 5))
            {
                return startup.Suggest(configuration, history);
            }

            data = data.Only(solved.Active);
            model = new GaussianFits(kernel).Model(data, out outputs);
        }

        var search = new AcquisitionSearch(space, model, data, outputs, basins, new Philox(key, (ulong)configuration));
        return search.Best() is { } point ? space.Decode(point) : startup.Suggest(configuration, history);
    }
}
