using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// Bayesian optimization by a Gaussian process: scrambled Sobol points first, then the point of the largest expected improvement under a Matern 5/2 model of everything that has
/// ended, see <see cref="GaussianPosterior"/>, <see cref="LogExpectedImprovement"/> and <see cref="AcquisitionSearch"/>. Where there are continuous parameters and the objective shows noise, that of the largest knowledge gradient,
/// so that trials go where they tell most about which one to recommend, see <see cref="KnowledgeGradient"/>; where points may be given again (<see cref="SamplerSettings.MayRepeat"/>) always under noise, and to points tried as well as to new ones. Where it shows none and little is to be expected any more, four of
/// five suggestions go elsewhere, see <see cref="ChoiceRivals"/> and <see cref="SolvedBasins"/>. In searches of up to <see cref="Short"/> configurations of spaces with continuous parameters length scales are drawn together, see <see cref="LengthShrinkage"/>. In five columns or more, where there is no noise and nothing has become better for some time, every second suggestion is from a trust region around
/// the best point, see <see cref="LocalPhases"/> and <see cref="LocalSearch"/>. Where a pruner stops most trials: see <see cref="GaussianCurves"/>. Several objectives: see <see cref="GaussianObjectives"/>.
/// </summary>
internal sealed class GaussianSampler : ISampler
{
    private const int Centres = 4;
    private const int Attempts = 32;
    private const int AttemptDistance = 1 << 20;

    // A basin is solved where the logarithm of the expected improvement, in standard deviations of what is known, is less everywhere.
    private const double Little = -6.9;

    private const int MostBasins = 4;

    // Where little is to be expected, one in so many goes where the most is expected all the same, and two to other choices.
    private const int Cycle = 5;

    // Up to this share of the signal's variance, noise is what models need for stability.
    private const double NoNoise = 1e-4;

    // In fewer columns the whole space's model is exact near the best point as well.
    private const int LeastColumns = 5;

    // At the end of longer ones it brings nothing: they have costs enough to tell the columns apart.
    private const int Short = 50;

    private readonly GaussianSpace space;
    private readonly MaternKernel kernel;
    private readonly SobolSampler startup;
    private readonly ulong key;
    private readonly int startups;
    private readonly bool isContinuous;
    private readonly bool mayRepeat;
    private readonly FinishedOrder finished = new();
    private readonly LengthShrinkage? shrinkage;
    private readonly GaussianFits fits;
    private readonly LocalPhases? phases;
    private readonly LocalSearch local;
    private readonly ChoiceRivals rivals;
    private readonly GaussianObjectives? several;
    private readonly GaussianCurves? curves;

    public GaussianSampler(GaussianSamplerSpec spec, SamplerSettings settings)
    {
        space = new GaussianSpace(settings.Space);
        kernel = new MaternKernel(space.IsCategorical);
        isContinuous = Enumerable.Range(0, space.Count).Any(space.IsContinuous);
        mayRepeat = settings.MayRepeat;
        startup = new SobolSampler(settings.Space, settings.Seed);
        key = Seeds.Derive(settings.Seed, "sampler.gp");
        startups = spec.StartupTrials ?? Math.Max(5, Math.Min(2 * space.Count, settings.Budget / 5));
        shrinkage = isContinuous && settings is { Budget: <= Short, HasPrior: false } ? new LengthShrinkage(space.IsCategorical) : null;
        fits = new GaussianFits(kernel, shrinkage);
        local = new LocalSearch(space, kernel);
        rivals = new ChoiceRivals(space, kernel);
        phases = space.Count >= LeastColumns && settings.Objectives == 1 ? new LocalPhases(space.Count, startups) : null;
        curves = settings is { Objectives: 1, Epochs: > 1 } ? new GaussianCurves(space, settings) : null;
        several = settings.Objectives > 1 ? new GaussianObjectives(space, kernel, settings) : null;
    }

    /// <inheritdoc />
    public long? Size => null;

    /// <summary>Whether it learns from curves where a pruner stops trials: of several epochs and one objective.</summary>
    public bool ModelsCurves => curves is not null;

    /// <inheritdoc />
    public Assignment? Suggest(int configuration, SearchHistory history)
    {
        finished.Update(history);
        if (configuration < startups || space.Count == 0)
        {
            return Spread(configuration, history);
        }

        var random = new Philox(key, (ulong)configuration);
        var point = several is not null ? several.Suggest(history, finished.Order, random)
            : curves is not null && history.IsPruned ? curves.Suggest(history, random)
            : Single(configuration, history, random);
        return point is null ? Spread(configuration, history) : space.Decode(point);
    }

    /// <summary>As <see cref="ISampler.Recommend"/>; no opinion where most trials were stopped, whose costs are of different epochs.</summary>
    public int? Recommend(SearchHistory history)
    {
        finished.Update(history);
        var data = Data(history);
        if (several is not null || data.Count == 0 || (curves is not null && history.IsPruned))
        {
            return null;
        }

        if (data.Count > 2 && space.Count > 0 && fits.Model(data) is { Noise: > NoNoise } model)
        {
            return model.Data.Numbers[Enumerable.Range(0, model.Data.Count).MinBy(index => model.Fitted[index])];
        }

        return data.Numbers[Enumerable.Range(0, data.Count).MinBy(index => data.Costs[index])];
    }

    /// <summary>A Sobol point, if possible one that is not tried yet.</summary>
    private Assignment? Spread(int configuration, SearchHistory history)
    {
        var point = startup.Suggest(configuration, history);
        var tried = history.Select(observation => observation.Parameters.Fingerprint).ToHashSet();
        for (var attempt = 1; attempt <= Attempts && tried.Contains(point!.Fingerprint); attempt++)
        {
            point = startup.Suggest(configuration + attempt * AttemptDistance, history);
        }

        return point;
    }

    private GaussianData Data(SearchHistory history) => GaussianData.Of(space, history, finished.Order, CostsOf.One(history, finished.Order));

    private double[]? Single(int configuration, SearchHistory history, Philox random)
    {
        var data = Data(history);
        if (data.Count < 2)
        {
            return null;
        }

        var model = fits.Model(data);
        phases?.Update(history);
        if (phases is { Region: { } region } && phases.IsTurn(configuration) && model.Noise <= NoNoise && local.Suggest(model, data.Points, region.Length, random) is { } near)
        {
            return near;
        }

        var found = Search(model, data, null, random);
        if (configuration % Cycle == 0 || model.Noise > NoNoise || found is null)
        {
            return found?.Point;
        }

        var (cycle, turn) = Math.DivRem(configuration, Cycle);
        if (turn is 1 or 3 && found.Value.Score < Little && rivals.Suggest(2 * cycle + turn / 2, model.Data, random) is { } rival && rival.Score >= Little)
        {
            return rival.Point;
        }

        var basins = new SolvedBasins(model);
        for (var count = 0; count < MostBasins && found.Value.Score < Little; count++)
        {
            basins.Add();
            if (basins.Active.Count < Math.Min(startups, 5))
            {
                return Unsolved(basins, configuration, history) ?? found.Value.Point;
            }

            if (Search(new GaussianFits(kernel, shrinkage).Model(model.Data.Only(basins.Active)), data, basins, random) is not { } elsewhere)
            {
                break;
            }

            found = elsewhere;
        }

        return found.Value.Point;
    }

    private (double[] Point, double Score)? Search(GaussianModel model, GaussianData data, SolvedBasins? basins, Philox random)
    {
        var centres = model.Leaders(Centres).Select(model.Data.Point);
        if (basins is not null || model.Noise <= NoNoise)
        {
            return new AcquisitionSearch(space, new ImprovementAcquisition(model), data.Points, basins).Best(centres, random);
        }

        if (mayRepeat)
        {
            return new AcquisitionSearch(space, new KnowledgeGradient(model), null).Best(centres, random, model.Leaders(KnowledgeGradient.Leaders).Select(model.Data.Point));
        }

        // Where every parameter has values one by one, close points are neighbours of a grid, whose differences need not be noise.
        ISmoothAcquisition acquisition = isContinuous && model.ShowsNoise() ? new KnowledgeGradient(model) : new ImprovementAcquisition(model);
        return new AcquisitionSearch(space, acquisition, data.Points).Best(centres, random);
    }

    /// <summary>A Sobol point outside of the solved basins; null when it is not, or is tried already.</summary>
    private double[]? Unsolved(SolvedBasins basins, int configuration, SearchHistory history)
    {
        var assignment = startup.Suggest(configuration, history)!;
        var point = new double[space.Count];
        space.Encode(assignment, point);
        return basins.Contains(point) || history.Any(observation => observation.Parameters.Equals(assignment)) ? null : point;
    }
}
