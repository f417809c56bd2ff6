using System.Diagnostics;
using ApproxCluster.Search;

namespace ApproxCluster.Bench.Search;

/// <summary>
/// Runs trials epoch by epoch: one a unit of time on each worker, in order of (time, launch), every one reported. A worker whose trial has stopped asks for another
/// at once. A paused trial goes on where it stopped, with the same curve, at no cost.
/// </summary>
internal static class CurveRun
{
    /// <summary>One run.</summary>
    public static RunLog Run(RunPlan plan, int seed)
    {
        var objective = (ICurveObjective)plan.Function.Objective;
        var log = new RunLog(plan.Name, plan.Function, seed);
        var tuner = plan.Tuner(seed, Configurations(plan));
        var curves = new List<(double[] Observed, double[] True)>();
        var running = new PriorityQueue<TuningTrial, (int Time, int Launch)>();
        var (now, spent, launched, idle) = (0, 0, 0, plan.Workers);
        var watch = new Stopwatch();
        while (true)
        {
            Launch();
            if (spent == plan.Budget || !running.TryDequeue(out var trial, out var at))
            {
                break;
            }

            now = at.Time;
            spent++;
            var epoch = trial.Costs.Count;
            var (observed, truth) = curves[trial.Number];
            watch.Start();
            tuner.Report(trial, observed[epoch]);
            watch.Stop();
            if (!plan.Recommend)
            {
                log.Add(spent, observed[epoch], truth[epoch]);
            }

            if (trial.State == TrialState.Running)
            {
                running.Enqueue(trial, (now + 1, at.Launch));
            }
            else
            {
                idle++;
                Recommend();
            }
        }

        log.End(spent);
        log.Spent = watch.Elapsed;
        log.Configurations = tuner.Trials.Count;
        return log;

        void Launch()
        {
            watch.Start();
            while (idle > 0 && tuner.Ask() is { } next)
            {
                if (next.Number == curves.Count)
                {
                    curves.Add(objective.Curve(plan.Function.At(next.Parameters), (ulong)seed, (ulong)next.Number));
                }

                idle--;
                running.Enqueue(next, (now + 1, launched++));
            }

            watch.Stop();
        }

        void Recommend()
        {
            watch.Start();
            if (plan.Recommend && tuner.Recommend() is { Costs.Count: > 0 } best)
            {
                // The checkpoint of its best epoch is what would be taken.
                var epoch = best.Costs.ToList().IndexOf(best.BestCost);
                log.Recommend(spent, curves[best.Number].True[epoch]);
            }

            watch.Stop();
        }
    }

    /// <summary>About how many configurations the budget allows: without a pruner whole trainings; with one a third goes on at each threefold of its epochs.</summary>
    private static int Configurations(RunPlan plan)
    {
        if (plan.Method.Pruner is NoPrunerSpec)
        {
            return plan.Budget / plan.Function.Epochs;
        }

        var epochsEach = 1 + (2.0 / 3 * Math.Log(plan.Function.Epochs, 3));
        return (int)(plan.Budget / epochsEach);
    }
}
