namespace ApproxCluster.Search;

/// <summary>A trial as pruners see it. Costs are objectives turned so that smaller is better.</summary>
public interface ITrialCurve
{
    /// <summary>The trial's number.</summary>
    int Number { get; }

    /// <summary>Number of its configuration; replicates of one share it.</summary>
    int Configuration { get; }

    /// <summary>Number of the replicate, from 0.</summary>
    int Replicate { get; }

    /// <summary>Epochs after its present or last segment, reached or not.</summary>
    int ToEpoch { get; }

    /// <summary>Cost after epochs 1, 2, ... decided on so far; NaN where it is not finite.</summary>
    IReadOnlyList<double> Costs { get; }

    /// <summary>
    /// Smallest finite cost so far; positive infinity while there is none. Under a limit on the gap: the smallest among epochs within it, and while all are beyond it a number above
    /// all costs that grows with the least violation.
    /// </summary>
    double BestCost { get; }

    /// <summary>
    /// Costs by all objectives that it would be judged by if it ended now: of one objective <see cref="BestCost"/>; of several, in a sweep those of its best epoch by the first one, under a
    /// <see cref="Tuner"/> those of its latest epoch where all are finite. Empty while there are none.
    /// </summary>
    IReadOnlyList<double> Outcome => double.IsFinite(BestCost) ? [BestCost] : [];

    /// <summary>By how much <see cref="Outcome"/> lies beyond limits: 0 within them.</summary>
    double Violation => 0;

    /// <summary>Cost by an objective (from 0, the one of <see cref="Costs"/>) after an epoch (from 1) decided on; NaN where it is not finite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The trial reports fewer objectives.</exception>
    double CostAfter(int objective, int epoch)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(objective, 0);
        return Costs[epoch - 1];
    }

    /// <summary>Generalization gap of the objective after an epoch (from 1): positive when validation is worse. NaN where it is not known.</summary>
    double GapAfter(int epoch);
}
