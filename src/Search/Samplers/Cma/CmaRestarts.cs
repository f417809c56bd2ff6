using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// The runs of CMA-ES one after the other. IPOP: each restart has a larger population. BIPOP: a restart has a small population (between the first one and half the largest, and
/// a smaller step) as long as small runs have had fewer results than large ones, else a larger one.
/// </summary>
internal sealed class CmaRestarts
{
    private readonly CmaEsSamplerSpec spec;
    private readonly int dimension;
    private readonly double[][] thresholds;
    private readonly ulong key;
    private readonly int first;
    private int count;
    private long large;
    private int largest;
    private long small;
    private bool isSmall;

    public CmaRestarts(CmaEsSamplerSpec spec, int dimension, double[][] thresholds, ulong key)
    {
        (this.spec, this.dimension, this.thresholds, this.key) = (spec, dimension, thresholds, key);
        largest = first = spec.Population ?? CmaConstants.Usual(dimension);
        Run = new CmaRun(new CmaConstants(dimension, first), [.. Enumerable.Repeat(0.5, dimension)], spec.Sigma, thresholds);
    }

    /// <summary>The run of the moment.</summary>
    public CmaRun Run { get; private set; }

    /// <summary>Counts a generation, and starts anew where the run is over.</summary>
    public void Follow()
    {
        (small, large) = isSmall ? (small + Run.Population, large) : (small, large + Run.Population);
        if (spec.Restart == CmaRestart.None || !Run.IsOver)
        {
            return;
        }

        // Streams of restarts lie behind those of all configurations.
        var random = new Philox(key, (1UL << 40) + (ulong)++count);
        var mean = Enumerable.Range(0, dimension).Select(_ => random.NextDouble()).ToArray();
        isSmall = spec.Restart == CmaRestart.Bipop && small < large;
        var (population, sigma) = (0, spec.Sigma);
        if (isSmall)
        {
            var (share, step) = (random.NextDouble(), random.NextDouble());
            population = (int)(first * FastMath.Exp(share * share * FastMath.Log(Math.Max(1, 0.5 * largest / first))));
            sigma *= FastMath.Exp(-2 * step * FastMath.Log(10));
        }
        else
        {
            population = largest = (int)Math.Min(1_000_000, (long)largest * spec.IncreasePopulation);
        }

        Run = new CmaRun(new CmaConstants(dimension, population), mean, sigma, thresholds);
    }
}
