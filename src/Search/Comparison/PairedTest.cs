namespace ApproxCluster.Search;

/// <summary>A paired t test of the mean of some differences against zero, both sides (Student 1908).</summary>
/// <param name="Pairs">Number of differences, at least 2.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="Probability">p: the chance of a mean as far from zero where there is none. 0 for equal differences that are not zero, 1 for all zero.</param>
public sealed record PairedTest(int Pairs, double Mean, double Low, double High, double Probability)
{
    /// <summary>The test; null for fewer than two differences.</summary>
    public static PairedTest? Of(IReadOnlyList<double> differences)
    {
        if (differences.Count < 2)
        {
            return null;
        }

        var interval = Interval.Of([.. differences]);
        var error = interval.StandardDeviation!.Value / Math.Sqrt(differences.Count);
        var p = error == 0 ? interval.Mean == 0 ? 1 : 0 : 1 - StudentT.Within(Math.Abs(interval.Mean) / error, differences.Count - 1);
        return new(differences.Count, interval.Mean, interval.Low, interval.High, Math.Max(0, p));
    }
}
