using ApproxCluster.Search;

namespace ApproxCluster.Bench.Search;

/// <summary>Our side of the overheads: processor time of the whole process, so that garbage collection counts.</summary>
internal static class OwnCost
{
    /// <summary>Milliseconds of an ask, ten parameters read, and a tell, from an empty history on: the mean over a number of trials.</summary>
    public static double Sequence(SamplerSpec sampler, int trials)
    {
        var tuner = Tuner(sampler, trials);
        var begin = Environment.CpuUsage.TotalTime;
        for (var trial = 0; trial < trials; trial++)
        {
            One(tuner, 3);
        }

        return (Environment.CpuUsage.TotalTime - begin).TotalMilliseconds / trials;
    }

    /// <summary>Milliseconds of the same when the history already holds finished random trials: the median of several, without the first, which reads the history.</summary>
    public static double Marginal(SamplerSpec sampler, int history)
    {
        const int Asks = 16;
        var tuner = Tuner(sampler, history + Asks);
        var random = Tuner(new RandomSamplerSpec(), history);
        for (var trial = 0; trial < history; trial++)
        {
            tuner.Enqueue(random.Ask()!.Parameters);
            One(tuner, 3);
        }

        var costs = new List<double>();
        for (var ask = 0; ask <= Asks; ask++)
        {
            var begin = Environment.CpuUsage.TotalTime;
            One(tuner, 4);
            costs.Add((Environment.CpuUsage.TotalTime - begin).TotalMilliseconds);
        }

        return Regrets.Quantile(costs.Skip(1), 0.5);
    }

    /// <summary>Milliseconds of a report with its decision: the mean over trials of 20 epochs, each better than all before, so that none is stopped.</summary>
    public static double Report(PrunerSpec pruner, int trials)
    {
        const int Steps = 20;
        var tuner = new Tuner(
            new SamplerSettings { Space = new([new("x", new FloatDomain(0, 1))]), Seed = 0, Budget = trials, Epochs = Steps }, new RandomSamplerSpec(), pruner);
        var spent = TimeSpan.Zero;
        for (var number = 0; number < trials; number++)
        {
            var trial = tuner.Ask()!;
            var begin = Environment.CpuUsage.TotalTime;
            for (var step = 1; step <= Steps; step++)
            {
                tuner.Report(trial, (1.0 / step) - (1e-6 * number));
            }

            spent += Environment.CpuUsage.TotalTime - begin;
        }

        return spent.TotalMilliseconds / (trials * Steps);
    }

    private static Tuner Tuner(SamplerSpec sampler, int trials) =>
        new(new SamplerSettings { Space = OverheadSpace.Space(), Seed = 0, Budget = trials }, sampler);

    private static void One(Tuner tuner, ulong stream)
    {
        var trial = tuner.Ask()!;
        foreach (var name in OverheadSpace.Names)
        {
            if (trial.Parameters[name] is null)
            {
                throw new BenchException($"Trial {trial.Number} has no {name}, but must have all ten parameters.");
            }
        }

        tuner.Tell(trial, CounterNoise.Uniform(1, 2, stream, (ulong)trial.Number));
    }
}
