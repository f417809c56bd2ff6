using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>A parameter that two trials do not share.</summary>
/// <param name="Path">The parameter.</param>
/// <param name="Left">Value in the first; null where it does not exist.</param>
/// <param name="Right">Value in the second.</param>
public sealed record ParameterDifference(string Path, ParameterValue? Left, ParameterValue? Right);

/// <summary>An epoch that two trials have both reached.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Left">Report of the first.</param>
/// <param name="Right">Report of the second.</param>
public sealed record EpochPair(int Epoch, EpochReport Left, EpochReport Right);

/// <summary>Two trials side by side, of one sweep or of two.</summary>
/// <param name="Parameters">What they do not share, by path.</param>
/// <param name="Curves">Epochs that both have reached.</param>
/// <param name="Left">Result of the first, or null.</param>
/// <param name="Right">Result of the second.</param>
/// <param name="Crossing">First epoch from which on the one with the better best value stays ahead in validation loss; null where it does not.</param>
public sealed record TrialDifference(
    IReadOnlyList<ParameterDifference> Parameters, IReadOnlyList<EpochPair> Curves, TrialResult? Left, TrialResult? Right, int? Crossing)
{
    /// <summary>Compares two trials.</summary>
    public static TrialDifference Of(SweepState leftSweep, Trial left, SweepState rightSweep, Trial right)
    {
        var paths = left.Parameters.Concat(right.Parameters).Select(pair => pair.Key).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        ParameterDifference[] parameters =
        [
            .. paths.Select(path => new ParameterDifference(path, left.Parameters[path], right.Parameters[path])).Where(one => one.Left != one.Right),
        ];
        EpochPair[] curves = [.. left.Epochs.Zip(right.Epochs, (one, other) => new EpochPair(one.Epoch, one, other))];
        var (first, second) = (Leaderboard.ResultOf(leftSweep, left), Leaderboard.ResultOf(rightSweep, right));
        return new(parameters, curves, first, second, CrossingOf(curves, first, second));
    }

    private static int? CrossingOf(EpochPair[] curves, TrialResult? left, TrialResult? right)
    {
        if (left is null || right is null || left.Best.ValidationLoss == right.Best.ValidationLoss)
        {
            return null;
        }

        var leads = left.Best.ValidationLoss < right.Best.ValidationLoss;
        var from = curves.Length;
        while (from > 0 && (leads ? curves[from - 1].Left.ValidationLoss < curves[from - 1].Right.ValidationLoss : curves[from - 1].Right.ValidationLoss < curves[from - 1].Left.ValidationLoss))
        {
            from--;
        }

        return from < curves.Length ? curves[from].Epoch : null;
    }
}
