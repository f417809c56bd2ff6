namespace ApproxCluster.Bench.Search;

/// <summary>A noiseless function of a point.</summary>
internal sealed class Analytic(Func<Point, double> function) : IScalarObjective
{
    /// <inheritdoc />
    public (double Observed, double True) Evaluate(Point point, ulong seed, ulong trial, ulong repetition = 0)
    {
        var value = function(point);
        return (value, value);
    }
}

/// <summary>An objective with independent normal noise on top.</summary>
internal sealed class Noisy(string name, IScalarObjective inner, double deviation) : IScalarObjective
{
    private readonly ulong key = CounterNoise.Name(name);

    /// <inheritdoc />
    public (double Observed, double True) Evaluate(Point point, ulong seed, ulong trial, ulong repetition = 0)
    {
        var (observed, truth) = inner.Evaluate(point, seed, trial, repetition);
        return (observed + (deviation * CounterNoise.Normal(key, seed, trial, repetition)), truth);
    }
}
