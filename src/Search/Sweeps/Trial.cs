using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>A trial as the journal tells it so far.</summary>
public sealed class Trial : ITrialCurve
{
    /// <summary>Number, from 0.</summary>
    public required int Number { get; init; }

    /// <summary>Number of its configuration.</summary>
    public required int Configuration { get; init; }

    /// <summary>Number of its replicate.</summary>
    public required int Replicate { get; init; }

    /// <summary>Its seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Its point of the search space.</summary>
    public required Assignment Parameters { get; init; }

    /// <summary>Its state.</summary>
    public TrialState State { get; internal set; } = TrialState.Queued;

    /// <summary>Why it failed, if it did.</summary>
    public FailureReason Reason { get; internal set; }

    /// <summary>More about its end, or null.</summary>
    public string? Detail { get; internal set; }

    /// <summary>The last of what its program said before it failed, or null.</summary>
    public string? Output { get; internal set; }

    /// <summary>Trainable numbers of its network; 0 where a program trains.</summary>
    public long ParameterCount => Entry.ParameterCount;

    /// <summary>Reports of the epochs decided on so far.</summary>
    public IReadOnlyList<EpochReport> Epochs => Reports;

    /// <summary>Epoch with the best finite objective so far, from 1, one within the gap's limit before any beyond it; null while there is none.</summary>
    public int? BestEpoch { get; internal set; }

    /// <summary>Objective at <see cref="BestEpoch"/>.</summary>
    public double? Value { get; internal set; }

    /// <summary>By how much the gap at <see cref="BestEpoch"/> lies beyond the objective's limit: 0 within it.</summary>
    public double Violation { get; internal set; }

    /// <summary>All objectives as costs at <see cref="BestEpoch"/>, the first one first; empty for a single objective or before there is an epoch.</summary>
    public IReadOnlyList<double> ObjectiveCosts { get; private set; } = [];

    /// <summary>All objectives in their own values at <see cref="BestEpoch"/>, the first one first; empty for a single objective or before there is an epoch.</summary>
    public IReadOnlyList<double> Objectives => Objective.ValuesOf(ObjectiveCosts);

    /// <summary>Score on the test split, for the contenders at the end.</summary>
    public TestScore? Test { get; internal set; }

    /// <summary>The attempt that counts, from 1; results of earlier ones are refused.</summary>
    public int Attempt { get; internal set; } = 1;

    /// <summary>How often it was run again after it had failed (<see cref="TrialsRetried"/>).</summary>
    public int Retries { get; internal set; }

    /// <summary>Attempts that were lost with the worker that held them.</summary>
    public int Losses { get; internal set; }

    /// <summary>The worker that holds the present segment, or null. Not in the journal: unknown after a restart until the worker says so.</summary>
    public string? Worker { get; internal set; }

    /// <summary>Segment it is on or was on last, from 0; -1 before the first.</summary>
    public int Segment { get; internal set; } = -1;

    /// <summary>Epochs before that segment.</summary>
    public int FromEpoch { get; internal set; }

    /// <summary>Epochs after it.</summary>
    public int ToEpoch { get; internal set; }

    /// <summary>Virtual time of its start.</summary>
    public long StartsAt { get; internal set; }

    /// <summary>Virtual time of its finish, when it is decided.</summary>
    public long FinishesAt { get; internal set; }

    /// <summary>Whether the present segment's result is here and waits for its virtual time.</summary>
    public bool ResultWaits => Buffered is not null;

    /// <inheritdoc />
    public IReadOnlyList<double> Costs => Curve;

    /// <inheritdoc />
    public double BestCost { get; internal set; } = double.PositiveInfinity;

    /// <summary>Number of the trial whose result this one takes over, being a repeat of its configuration; null for one that is trained.</summary>
    public int? SameAs { get; init; }

    /// <summary>Where it goes on from: its first epochs are another trial's; null for one that begins by itself.</summary>
    public Branch? From { get; init; }

    /// <summary>What is trained, how its first epochs were trained included; null where its point is none that can be.</summary>
    public TrialConfiguration? Training => Entry.Configuration;

    internal List<EpochReport> Reports { get; } = [];

    internal List<double> Curve { get; } = [];

    internal Objective Objective { get; init; } = null!;

    internal ConfigurationEntry Entry { get; init; } = null!;

    internal SegmentResult? Buffered { get; set; }

    /// <summary>The segment's end as journaled, for the verdict on it.</summary>
    internal SegmentFinished? LastSegment { get; set; }

    internal TrialResult? Result { get; set; }

    /// <inheritdoc />
    IReadOnlyList<double> ITrialCurve.Outcome => Objective.Further.Count > 0 ? ObjectiveCosts : double.IsFinite(BestCost) ? [BestCost] : [];

    /// <inheritdoc />
    public double CostAfter(int objective, int epoch)
    {
        var cost = objective == 0 ? Curve[epoch - 1] : Objective.CostOf(Objective.Further[objective - 1], objective - 1, Reports[epoch - 1], Entry.ParameterCount, Entry.FlopsPerEpoch);
        return double.IsFinite(cost) ? cost : double.NaN;
    }

    /// <inheritdoc />
    public double GapAfter(int epoch) => Objective.GapOf(Reports[epoch - 1]);

    /// <summary>Forgets all epochs.</summary>
    internal void Clear()
    {
        Reports.Clear();
        Curve.Clear();
        (BestEpoch, Value, BestCost, Violation, ObjectiveCosts) = (null, null, double.PositiveInfinity, 0, []);
        (Segment, FromEpoch, ToEpoch) = (-1, 0, 0);
    }

    /// <summary>Takes the report of the next epoch.</summary>
    internal void Add(EpochReport report)
    {
        Reports.Add(report);
        var value = Objective.Of(report);
        var isFinite = report.IsFinite && double.IsFinite(value);
        Curve.Add(isFinite ? Objective.Cost(value) : double.NaN);
        if (!isFinite)
        {
            return;
        }

        var violation = Objective.ViolationOf(Objective.GapOf(report));
        var cost = ObjectiveValues.RankCost(Objective.Cost(value), violation);
        if (cost < BestCost)
        {
            (BestEpoch, Value, BestCost, Violation) = (report.Epoch, value, cost, violation);
            ObjectiveCosts = Objective.Further.Count == 0 ? [] : Objective.CostsOf(value, report, Entry.ParameterCount, Entry.FlopsPerEpoch);
        }
    }
}
