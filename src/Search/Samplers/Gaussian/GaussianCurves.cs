using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// The Gaussian process where trials are stopped on their way: the epoch is an input of the model (K. Kandasamy, G. Dasarathy, J. Schneider and B. Poczos, "Multi-fidelity Bayesian
/// optimisation with continuous approximations", ICML 2017), which learns from curves as far as they go, those of running trials too; a point is chosen for its
/// last epoch, see <see cref="CurveAcquisition"/>, among evenly spread candidates and the neighbours of the best: where little of a trial is seen, climbing
/// the acquisition ends in the corners of the space.
/// </summary>
internal sealed class GaussianCurves
{
    private const int Centres = 4;
    // Most points that hyperparameters are fitted to, and that a model is made from: a suggestion then costs some milliseconds.
    private const int FitCap = 64;
    private const int Cap = 120;

    // A stopping epoch counts from so many stopped trials on; the busiest ones are looked at.
    private const int LeastStops = 3;
    private const int MostBounds = 2;

    private readonly GaussianSpace space;
    private readonly MaternKernel kernel;
    private readonly bool[] isCategorical;
    private readonly int epochs;
    private readonly FinishedOrder settled = new(withPaused: true);
    private readonly List<(int Number, int Epochs, double Cost)> fitted = [];
    private GaussianHyperparameters? parameters;

    public GaussianCurves(GaussianSpace space, SamplerSettings settings)
    {
        (this.space, epochs) = (space, settings.Epochs);
        isCategorical = [.. space.IsCategorical, false];
        kernel = new MaternKernel(isCategorical);
    }

    /// <summary>The next point; null where there is nothing to learn from yet, or nothing left.</summary>
    public double[]? Suggest(SearchHistory history, Philox random)
    {
        settled.Update(history);
        var curves = history.Select(observation => CurveLevels.BestSoFar(observation, epochs)).ToList();
        var size = settled.Order.Count < 2 ? 0 : GaussianFits.Size(settled.Order.Count);
        var front = settled.Order.Take(size).Where(number => curves[number].Length > 0).ToList();
        if (front.Count < 2)
        {
            return null;
        }

        var levels = new CurveLevels(epochs, curves);
        List<(int Number, int Epochs, double Cost)> key = [.. front.Select(number => (number, curves[number].Length, curves[number][^1]))];
        if (!key.SequenceEqual(fitted))
        {
            var old = new CurveLevels(epochs, [.. front.Select(number => curves[number])]);
            var chosen = Choose(old, front, curves, FitCap);
            parameters = GaussianFits.Fit(kernel, Points(history, chosen, old), Costs(chosen, old, curves));
            fitted.Clear();
            fitted.AddRange(key);
        }

        var known = Choose(levels, [.. Enumerable.Range(0, history.Count).Where(number => curves[number].Length > 0)], curves, Cap);
        var costs = Costs(known, levels, curves);
        var points = Points(history, known, levels);
        var point = new double[space.Count];
        var tried = new PointSet(space.Count, history.Count);
        foreach (var observation in history)
        {
            space.Encode(observation.Parameters, point);
            tried.Add(point);
            if (!observation.IsFinished && observation.State != TrialState.Paused)
            {
                points.Add([.. point, 1]);
            }
        }

        var warp = new OutputWarp(costs, parameters!.Power, parameters.Offset);
        var model = GaussianFits.Condition(kernel, parameters, warp, new GaussianData(isCategorical, points, costs, [.. known.Select(one => one.Number)]));
        var acquisition = new CurveAcquisition(model, Incumbent(model, known), Bounds(history, curves, levels, warp));
        var centres = Enumerable.Range(0, known.Count).OrderByDescending(index => known[index].Epoch == epochs).ThenBy(index => model.Fitted[index]).ThenBy(index => index)
            .Take(Centres).Select(index => model.Data.Point(index)[..space.Count]);
        return new AcquisitionSearch(space, acquisition, tried, null).Best(centres, random)?.Point;
    }

    private static double Incumbent(GaussianModel model, List<(int Number, int Epoch)> known)
    {
        var longest = known.Max(one => one.Epoch);
        return Enumerable.Range(0, known.Count).Where(index => known[index].Epoch == longest).Min(index => model.Fitted[index]);
    }

    /// <summary>What a trial must not be above at the epochs at which most have been stopped, in the model's outputs.</summary>
    private List<(double Place, double Bound)> Bounds(SearchHistory history, List<double[]> curves, CurveLevels levels, OutputWarp warp)
    {
        var stops = new Dictionary<int, int>();
        foreach (var observation in history)
        {
            if (observation.State is TrialState.Pruned or TrialState.Paused && observation.Curve.Count > 0 && observation.Curve.Count < epochs)
            {
                stops[observation.Curve.Count] = stops.GetValueOrDefault(observation.Curve.Count) + 1;
            }
        }

        var bounds = new List<(double, double)>();
        foreach (var (epoch, count) in stops.Where(stop => stop.Value >= LeastStops).OrderByDescending(stop => stop.Value).ThenBy(stop => stop.Key).Take(MostBounds))
        {
            var reached = history.Where(observation => curves[observation.Configuration].Length >= epoch && !(observation.Curve.Count == epoch && observation.State == TrialState.Running))
                .Select(observation => curves[observation.Configuration][epoch - 1]).Order().ToList();
            var passed = reached.Count - count;
            var bound = reached[Math.Max(0, passed - 1)];
            if (double.IsFinite(bound))
            {
                bounds.Add((levels.Place(epoch), warp.Map(bound + levels.Change(epoch))));
            }
        }

        return bounds;
    }

    private PointSet Points(SearchHistory history, List<(int Number, int Epoch)> chosen, CurveLevels levels)
    {
        var points = new PointSet(space.Count + 1, chosen.Count + 16);
        var point = new double[space.Count + 1];
        foreach (var (number, epoch) in chosen)
        {
            space.Encode(history[number].Parameters, point.AsSpan(0, space.Count));
            point[^1] = levels.Place(epoch);
            points.Add(point);
        }

        return points;
    }

    private static double[] Costs(List<(int Number, int Epoch)> chosen, CurveLevels levels, List<double[]> curves)
    {
        double[] costs = [.. chosen.Select(one => curves[one.Number][one.Epoch - 1] + levels.Change(one.Epoch))];
        var worst = costs.Where(double.IsFinite).DefaultIfEmpty(0).Max();
        return [.. costs.Select(cost => double.IsFinite(cost) ? cost : worst)];
    }

    /// <summary>
    /// Where to look at which curve: at the end of each, those that went furthest first and of equal ones the best, but a part the newest; then at the level before.
    /// </summary>
    private static List<(int Number, int Epoch)> Choose(CurveLevels levels, List<int> numbers, List<double[]> curves, int cap)
    {
        var ends = numbers.OrderByDescending(number => curves[number].Length).ThenBy(number => curves[number][^1]).ThenBy(number => number).ToList();
        var taken = ends.Take(cap / 2).ToList();
        var rest = ends.Skip(cap / 2).ToList();
        taken.AddRange(rest.OrderByDescending(number => number).Take(cap / 4));
        var chosen = taken.Select(number => (number, curves[number].Length)).ToList();
        foreach (var number in taken)
        {
            var before = levels.Levels.LastOrDefault(level => level < curves[number].Length);
            if (before > 0 && chosen.Count < cap)
            {
                chosen.Add((number, before));
            }
        }

        return chosen;
    }
}
