using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// The Gaussian process for several objectives: two have a model each and <see cref="HypervolumeAcquisition"/>; more are made into one by random weights, another set each time
/// (ParEGO: J. Knowles, IEEE TEC 10(1), 2006, equation 2: augmented Tchebycheff, rho = 0.05).
/// </summary>
internal sealed class GaussianObjectives
{
    private const double Augmentation = 0.05;
    private const int Centres = 6;

    private readonly GaussianSpace space;
    private readonly MaternKernel kernel;
    private readonly GaussianFits[] fits;

    public GaussianObjectives(GaussianSpace space, MaternKernel kernel, SamplerSettings settings)
    {
        (this.space, this.kernel) = (space, kernel);
        fits = [.. Enumerable.Range(0, settings.Objectives).Select(_ => new GaussianFits(kernel))];
    }

    /// <summary>The next point; null where there is nothing to learn from yet, or nothing left.</summary>
    public double[]? Suggest(SearchHistory history, IReadOnlyList<int> order, Philox random)
    {
        var data = Enumerable.Range(0, fits.Length)
            .Select(objective => GaussianData.Of(space, history, order, CostsOf.Objective(history, order, objective))).ToArray();
        if (data.Any(one => one.Count < 2))
        {
            return null;
        }

        return fits.Length == 2 ? ByHypervolume(data, random) : ByWeights(data, random);
    }

    private double[]? ByHypervolume(GaussianData[] data, Philox random)
    {
        var kept = Kept(data);
        var models = data.Select((one, objective) => fits[objective].Model(one, kept)).ToArray();
        double[][] outputs = [.. Enumerable.Range(0, models[0].Data.Count).Select(index => new[] { models[0].Fitted[index], models[1].Fitted[index] })];
        var front = Fronts.Of(outputs, 1)[0].OrderBy(index => outputs[index][0]).ThenBy(index => index).ToList();
        var reference = new double[2];
        for (var objective = 0; objective < 2; objective++)
        {
            var (best, worst) = (outputs.Min(output => output[objective]), outputs.Max(output => output[objective]));
            reference[objective] = worst + 0.1 * (worst - best) + 1e-9;
        }

        var acquisition = new HypervolumeAcquisition(models[0], models[1], [.. front.Select(index => outputs[index])], reference);
        var centres = Enumerable.Range(0, Centres).Select(_ => models[0].Data.Point(front[(int)random.NextBelow((uint)front.Count)])).ToList();
        return new AcquisitionSearch(space, acquisition, data[0].Points, null).Best(centres, random)?.Point;
    }

    /// <summary>The points that models are made from: all, or the best fronts and the newest.</summary>
    private static IReadOnlyList<int> Kept(GaussianData[] data)
    {
        var count = data[0].Count;
        if (count <= GaussianData.Cap)
        {
            return [.. Enumerable.Range(0, count)];
        }

        var newest = count - GaussianData.Cap / 3;
        var costs = Enumerable.Range(0, newest).Select(index => data.Select(one => one.Costs[index]).ToArray()).ToList();
        const int Best = GaussianData.Cap - GaussianData.Cap / 3;
        var best = Fronts.Of(costs, Best).SelectMany(front => front).Take(Best).Order();
        return [.. best, .. Enumerable.Range(newest, count - newest)];
    }

    private double[]? ByWeights(GaussianData[] data, Philox random)
    {
        var weights = data.Select(_ => -PortableMath.Log(1 - random.NextDouble())).ToArray();
        var total = weights.Sum();
        var sums = new double[data[0].Count];
        var largest = new double[data[0].Count];
        for (var objective = 0; objective < data.Length; objective++)
        {
            var costs = data[objective].Costs;
            var (best, worst) = (costs.Min(), costs.Max());
            for (var index = 0; index < costs.Length; index++)
            {
                var part = worst > best ? weights[objective] / total * ((costs[index] - best) / (worst - best)) : 0;
                sums[index] += part;
                largest[index] = Math.Max(largest[index], part);
            }
        }

        var model = new GaussianFits(kernel).Model(data[0].With([.. sums.Select((sum, index) => largest[index] + Augmentation * sum)]));
        var centres = Enumerable.Range(0, model.Data.Count).OrderBy(index => model.Fitted[index]).ThenBy(index => index).Take(Centres);
        return new AcquisitionSearch(space, new ImprovementAcquisition(model), data[0].Points, null).Best(centres.Select(model.Data.Point), random)?.Point;
    }
}
