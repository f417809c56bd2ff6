namespace ApproxCluster.Bench.Search;

/// <summary>One objective, smaller is better.</summary>
internal interface IScalarObjective
{
    /// <summary>What the optimiser is told, and the same without noise.</summary>
    /// <param name="point">The configuration.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="trial">The trial's number, from 0 in order of asking.</param>
    /// <param name="repetition">0 for the first evaluation of a trial.</param>
    (double Observed, double True) Evaluate(Point point, ulong seed, ulong trial, ulong repetition = 0);
}

/// <summary>An objective after every epoch, smaller is better.</summary>
internal interface ICurveObjective
{
    /// <summary>The values after epochs 1, 2, ... as observed, and the same without noise.</summary>
    (double[] Observed, double[] True) Curve(Point point, ulong seed, ulong trial);
}

/// <summary>Two objectives, smaller is better.</summary>
internal interface IPairObjective
{
    /// <summary>Both values.</summary>
    (double First, double Second) Evaluate(Point point);
}
