using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// The sweep as a pure state machine: a decision gives one event (<see cref="Next"/>) and <see cref="Apply(SweepEvent)"/> is all that changes anything, so a replay of the
/// journal, or of any part of it from the beginning, gives the same state and goes on to the same end. Decisions are taken in virtual time:
/// the segment in flight with the smallest (virtual finish, trial number) is decided next, once its result is there; earlier arrivals wait.
/// Every event costs O(log n) of the trials in the sweep, but for the sampler's own work.
/// </summary>
public sealed partial class SweepState
{
    /// <summary>
    /// Version of the journal's format that this code writes. In version 1, which goes on to the end that it would have had, virtual time was
    /// <see cref="TrialCost.FlopsPerEpoch"/>.
    /// </summary>
    public const int Format = 2;

    /// <summary>Configurations that are scored on the test split at most: the best and those that cannot be told apart from it.</summary>
    public const int ContenderLimit = 5;

    private readonly SweepParts parts;
    private readonly JournalDigest digest = new();
    private readonly VirtualClock clock = new();
    private readonly List<Trial> trials = [];
    private readonly List<ConfigurationEntry> configurations = [];
    private readonly SearchHistory history = new();
    private readonly SortedSet<int> paused = [];
    private readonly HashSet<int> isContender = [];
    private readonly List<Incumbent> incumbents = [];
    private readonly int[] counts = new int[(int)TrialState.Cancelled + 1];

    private SweepCreated? created;
    private SweepSpec? spec;
    private ISampler? sampler;
    private IPruner? pruner;
    private Ranking? ranking;

    // A trial that was created and not started, and one whose segment is finished and not judged: at most one of each at a time.
    private Trial? unstarted;
    private Trial? unjudged;
    private bool exhausted;
    private bool pauseWanted;
    private bool stopWanted;
    private bool cancelWanted;
    private IReadOnlyList<int>? contenders;
    private int scored;
    private SweepStatus end;

    /// <summary>The state before the first event, to follow a journal with <see cref="Apply(SweepEvent)"/>.</summary>
    public SweepState()
        : this(SweepParts.Default)
    {
    }

    internal SweepState(SweepParts parts) => this.parts = parts;

    /// <summary>The sweep.</summary>
    public SweepSpec Spec => spec ?? throw NotCreated();

    /// <summary>Sizes of the target.</summary>
    public TargetShape Shape => created?.Shape ?? throw NotCreated();

    /// <summary>The sweep's status.</summary>
    public SweepStatus Status =>
        end != SweepStatus.Invalid ? end
        : created is null ? SweepStatus.Invalid
        : pauseWanted ? SweepStatus.Paused
        : contenders is not null ? SweepStatus.Scoring
        : stopWanted ? SweepStatus.Stopping
        : SweepStatus.Running;

    /// <summary>All trials, by number.</summary>
    public IReadOnlyList<Trial> Trials => trials;

    /// <summary>Virtual time of the last decision, in <see cref="TrialCost.WorkPerEpoch"/>.</summary>
    public long VirtualTime => clock.Now;

    /// <summary>Events applied so far: the next sequence number.</summary>
    public long Sequence { get; private set; }

    /// <summary>SHA-256 (lower-case hex) over the canonical events so far: each one's canonical JSON and a line feed.</summary>
    public string Digest => digest.Value;

    /// <summary>What was taken from an earlier sweep, or null.</summary>
    public HistoryTaken? Taken { get; private set; }

    /// <summary>Trials that are scored on the test split, the best first; empty before <see cref="ScoringStarted"/>.</summary>
    public IReadOnlyList<int> Contenders => contenders ?? [];

    internal VirtualClock Clock => clock;

    internal IReadOnlyList<ConfigurationEntry> Entries => configurations;

    internal Observation ObservationOf(ConfigurationEntry entry) => history[history.Prior + entry.Number];

    internal Ranking Ranking => ranking ?? throw NotCreated();

    /// <summary>The state that a journal's events lead to. Throws <see cref="InvalidDataException"/> for a journal that no sweep can have written.</summary>
    public static SweepState Replay(IEnumerable<SweepEvent> events)
    {
        var state = new SweepState();
        foreach (var sweepEvent in events)
        {
            state.Apply(sweepEvent);
        }

        return state;
    }

    private static InvalidOperationException NotCreated() => new("The sweep has no events yet. Apply SweepCreated first.");
}
