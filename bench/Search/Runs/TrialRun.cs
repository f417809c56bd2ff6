using System.Diagnostics;
using ApproxCluster.Search;

namespace ApproxCluster.Bench.Search;

/// <summary>
/// Runs whole trials. With several workers they overlap: trial t lasts exp(N/2), N normal by the benchmark's noise; whichever ends first (of equal ones that asked
/// first) is told at once and replaced by a new one.
/// </summary>
internal static class TrialRun
{
    private static readonly ulong Duration = CounterNoise.Name("duration");

    /// <summary>One run.</summary>
    public static RunLog Run(RunPlan plan, int seed)
    {
        var log = new RunLog(plan.Name, plan.Function, seed);
        var tuner = plan.Tuner(seed, plan.Budget);
        var inFlight = new PriorityQueue<TuningTrial, (double End, int Number)>();
        var (now, done) = (0.0, 0);
        while (done < plan.Budget)
        {
            while (inFlight.Count < plan.Workers && done + inFlight.Count < plan.Budget && Timed(log, tuner.Ask) is { } next)
            {
                var lasts = plan.Workers > 1 ? Math.Exp(0.5 * CounterNoise.Normal(Duration, (ulong)seed, (ulong)next.Number, 0)) : 1;
                inFlight.Enqueue(next, (now + lasts, next.Number));
            }

            // A finite sampler may have less to give.
            if (!inFlight.TryDequeue(out var trial, out var end))
            {
                break;
            }

            now = end.End;
            Finish(plan, seed, tuner, trial, ++done, log);
        }

        log.End(done);
        log.Configurations = tuner.Trials.Count;
        return log;
    }

    private static void Finish(RunPlan plan, int seed, Tuner tuner, TuningTrial trial, int done, RunLog log)
    {
        var point = plan.Function.At(trial.Parameters);
        if (plan.Function.Objective is IPairObjective pair)
        {
            var values = pair.Evaluate(point);
            Tell([values.First, values.Second]);
            log.Add(done, values);
            return;
        }

        var (observed, truth) = ((IScalarObjective)plan.Function.Objective).Evaluate(point, (ulong)seed, (ulong)trial.Number);
        Tell([observed]);
        if (!plan.Recommend)
        {
            log.Add(done, observed, truth);
        }
        else if (Timed(log, tuner.Recommend) is { } recommended)
        {
            log.Recommend(done, ((IScalarObjective)plan.Function.Objective).Evaluate(plan.Function.At(recommended.Parameters), (ulong)seed, 0).True);
        }

        void Tell(double[] values) => Timed(log, () =>
        {
            tuner.Tell(trial, values);
            return true;
        });
    }

    private static T Timed<T>(RunLog log, Func<T> action)
    {
        var begin = Stopwatch.GetTimestamp();
        var result = action();
        log.Spent += Stopwatch.GetElapsedTime(begin);
        return result;
    }
}
