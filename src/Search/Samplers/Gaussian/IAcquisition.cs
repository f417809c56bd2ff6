namespace ApproxCluster.Search;

/// <summary>How much is to be gained by trying a point; larger is better.</summary>
internal interface IAcquisition
{
    /// <summary>A typical length scale of each dimension, for steps.</summary>
    IReadOnlyList<double> Lengths { get; }

    /// <summary>The gain at each point of a block, given as in <see cref="MaternKernel.Block"/>.</summary>
    void Score(ReadOnlySpan<double> block, Span<double> scores);
}

/// <summary>One whose derivatives are known, so that searches can climb it.</summary>
internal interface ISmoothAcquisition : IAcquisition
{
    /// <summary>The gain at a point, and its derivatives along some numeric dimensions.</summary>
    double Value(ReadOnlySpan<double> point, ReadOnlySpan<int> moving, Span<double> gradient);
}
