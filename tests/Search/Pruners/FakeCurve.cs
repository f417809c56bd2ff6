namespace ApproxCluster.Search.Tests;

/// <summary>A trial's curve, made up.</summary>
internal sealed class FakeCurve(int number, IReadOnlyList<double> costs) : ITrialCurve
{
    public int Number => number;

    public int Configuration => Replicates > 0 ? number / Replicates : number;

    public int Replicate => Replicates > 0 ? number % Replicates : 0;

    public int Replicates { get; init; }

    public int ToEpoch => costs.Count;

    public IReadOnlyList<double> Costs => costs;

    public IReadOnlyList<double> Gaps { get; init; } = [];

    public double BestCost => costs.Where(double.IsFinite).DefaultIfEmpty(double.PositiveInfinity).Min();

    public double GapAfter(int epoch) => epoch <= Gaps.Count ? Gaps[epoch - 1] : double.NaN;
}
