namespace ApproxCluster.Search;

/// <summary>A local search for a larger acquisition.</summary>
internal sealed class Climb
{
    private readonly double[] start;
    private readonly double scored;

    /// <summary>Begins one.</summary>
    /// <param name="start">Where it starts.</param>
    /// <param name="score">The acquisition there.</param>
    public Climb(ReadOnlySpan<double> start, double score)
    {
        (this.start, scored) = (start.ToArray(), score);
        (Row, Score) = (start.ToArray(), score);
    }

    /// <summary>Where it has come to.</summary>
    public double[] Row { get; }

    /// <summary>The acquisition there; minus infinity where the point is known.</summary>
    public double Score { get; set; }

    /// <summary>Goes back to the start.</summary>
    public void Reset()
    {
        start.CopyTo(Row, 0);
        Score = scored;
    }
}
