namespace ApproxCluster.Search;

/// <summary>
/// When a search turns to a trust region around its best point: once so many costs, twice the columns, have brought nothing, every second configuration is chosen there until the region has become
/// too short; each time it takes twice as long until the next one begins. All of it follows from the history, which is replayed: what a configuration counts for is settled when it is chosen, so
/// those that are still tried when a region begins or ends count for none.
/// </summary>
/// <param name="columns">Columns of the space.</param>
/// <param name="startups">Configurations at first after which none begins.</param>
internal sealed class LocalPhases(int columns, int startups)
{
    // Every second configuration goes to the region, the others to the whole space as ever.
    private const int Turn = 2;

    // TuRBO's 0.8 is nearly all of the space, which is searched anyway.
    private const double Initial = 0.2;

    private const double Gain = 1e-3;
    private const int None = -1;

    private readonly HistoryReader reader = new();
    private readonly List<int> phases = [];
    private readonly List<double> costs = [];
    private int phase;
    private int patience;
    private int idle;

    /// <summary>The region of the moment; null where the whole space is searched.</summary>
    public TrustRegion? Region { get; private set; }

    /// <summary>Takes in what is new.</summary>
    public void Update(SearchHistory history)
    {
        var events = reader.Events(history, out var restarted);
        if (restarted)
        {
            (phase, patience, idle, Region) = (0, 2 * columns, 0, null);
            phases.Clear();
            costs.Clear();
        }

        foreach (var (number, ended) in events)
        {
            if (!ended)
            {
                phases.Add(IsTurn(number) ? phase : None);
            }
            else if (history[number].State != TrialState.Cancelled)
            {
                Take(number, phases[number], history[number].Cost ?? double.NaN);
            }
        }
    }

    /// <summary>Whether a configuration is to be chosen in the region.</summary>
    public bool IsTurn(int configuration) => Region is not null && configuration % Turn == 0;

    private void Take(int configuration, int chosenIn, double cost)
    {
        var isSuccess = IsSuccess(cost);
        if (double.IsFinite(cost))
        {
            var at = costs.BinarySearch(cost);
            costs.Insert(at < 0 ? ~at : at, cost);
        }

        idle = isSuccess ? 0 : idle + 1;
        if (Region is null && idle >= patience && configuration >= startups)
        {
            Region = new TrustRegion(columns, Initial);
            phase++;
        }
        else if (Region is not null && chosenIn == phase)
        {
            Region.Count(isSuccess);
            if (Region.IsOver)
            {
                (Region, patience, idle) = (null, 2 * patience, 0);
            }
        }
    }

    private bool IsSuccess(double cost) => double.IsFinite(cost) && (costs.Count == 0 || cost < costs[0] - Gain * (costs[costs.Count / 2] - costs[0]));
}
