namespace ApproxCluster.Search;

/// <summary>
/// Learning curves as a model takes them: the best cost so far at a few epochs, a factor of three apart from the first on, each as a forecast of the last: plus the
/// median change from that epoch on among those that went on.
/// </summary>
internal sealed class CurveLevels
{
    private const int Apart = 3;

    private readonly double[] changes;

    /// <summary>Reads curves.</summary>
    /// <param name="epochs">Epochs of a whole trial, R.</param>
    /// <param name="curves">The best costs so far of each, see <see cref="BestSoFar"/>.</param>
    public CurveLevels(int epochs, IReadOnlyList<double[]> curves)
    {
        Epochs = epochs;
        Levels = [.. AshaPruner.Stops(1, Apart, epochs), epochs];
        changes = new double[Levels.Count];
        for (var place = Levels.Count - 2; place >= 0; place--)
        {
            var (from, to) = (Levels[place], Levels[place + 1]);
            var steps = curves.Where(curve => curve.Length >= to && double.IsFinite(curve[from - 1])).Select(curve => curve[to - 1] - curve[from - 1]).Order().ToList();
            changes[place] = changes[place + 1] + (steps.Count > 0 ? steps[steps.Count / 2] : 0);
        }
    }

    /// <summary>Epochs of a whole trial.</summary>
    public int Epochs { get; }

    /// <summary>The epochs at which curves are looked at, rising; the last one is a whole trial's.</summary>
    public IReadOnlyList<int> Levels { get; }

    /// <summary>
    /// The best cost so far after each epoch up to a whole trial's; infinite before the first finite one, and everywhere, for one epoch at least, where the trial failed.
    /// </summary>
    public static double[] BestSoFar(Observation observation, int epochs)
    {
        var failed = observation.State == TrialState.Failed;
        var best = new double[Math.Min(Math.Max(observation.Curve.Count, failed ? 1 : 0), epochs)];
        var least = double.PositiveInfinity;
        for (var index = 0; index < best.Length; index++)
        {
            least = !failed && observation.Curve[index] < least ? observation.Curve[index] : least;
            best[index] = least;
        }

        return best;
    }

    /// <summary>An epoch as a coordinate: its logarithm, 0 for the first and 1 for the last.</summary>
    public double Place(int epoch) => Epochs == 1 ? 1 : FastMath.Log(epoch) / FastMath.Log(Epochs);

    /// <summary>The median change from an epoch to the last.</summary>
    public double Change(int epoch)
    {
        var upper = 0;
        while (Levels[upper] < epoch)
        {
            upper++;
        }

        if (upper == 0 || Levels[upper] == epoch)
        {
            return changes[upper];
        }

        var (low, high) = (Place(Levels[upper - 1]), Place(Levels[upper]));
        var share = (Place(epoch) - low) / (high - low);
        return changes[upper - 1] + share * (changes[upper] - changes[upper - 1]);
    }
}
