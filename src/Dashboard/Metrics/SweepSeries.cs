using ApproxCluster.Engine;
using ApproxCluster.Search;
using ApproxCluster.Trainer;

namespace ApproxCluster.Dashboard;

/// <summary>
/// All series of one sweep in this process: its own meter, and one for each block of trials that are live or have just ended. Where the coordinator
/// is here its decisions say which trials live; elsewhere the worker's own messages do.
/// </summary>
internal sealed class SweepSeries : IDisposable
{
    /// <summary>Collections that still see a trial or sweep after its end: whoever scrapes must see the last values once at least.</summary>
    private const int Linger = 3;

    /// <summary>Ended trials kept for that long at most; beyond it the oldest go at once.</summary>
    private const int LingerLimit = 1000;

    /// <summary>Beyond so many trials in flight decisions are looked at no longer than a twentieth of the time.</summary>
    private const int AlwaysLooked = 512;

    private readonly Lock gate = new();
    private readonly SweepInfo info;
    private readonly object scope;
    private readonly TimeProvider time;
    private readonly Objective objective;
    private readonly string metric;
    private readonly bool isHigherBetter;
    private readonly SweepFigures figures;
    private readonly SweepMeter meter;
    private readonly Dictionary<int, TrialBlock> blocks = [];
    private Queue<int> ending = [];
    private readonly Action<int> cut;
    private bool coordinated;
    private long look;
    private int inFlight;
    private bool disposed;
    private int? remaining;
    private long lookedAt;
    private TimeSpan looking;

    public SweepSeries(SweepInfo info, object scope, TimeProvider time, Action<int> cut)
    {
        (this.info, this.scope, this.time, this.cut) = (info, scope, time, cut);
        (objective, metric) = (info.Spec.Objective, info.Spec.MetricName(info.Shape));
        isHigherBetter = info.Shape.Metric == MetricKind.Reported ? objective.Maximize : info.Shape.Metric.HigherIsBetter();
        figures = new SweepFigures(time);
        meter = new SweepMeter(info, scope, figures, gate, () => coordinated);
    }

    /// <summary>An epoch ended on a slot here.</summary>
    public void Take(TrialProgress progress)
    {
        lock (gate)
        {
            meter.Epochs++;
            var trial = Find(progress.Trial) ?? (coordinated ? null : Show(progress.Trial));
            trial?.Take(progress.Report, objective);
        }
    }

    /// <summary>The coordinator here decided.</summary>
    public void Take(SweepState state)
    {
        lock (gate)
        {
            coordinated = true;
            if (inFlight > AlwaysLooked && state.Status == figures.Status && time.GetElapsedTime(lookedAt) < 20 * looking)
            {
                return;
            }

            var began = time.GetTimestamp();
            figures.Update(state);
            TakeTrials(state);
            remaining = state.Status.IsFinal() ? remaining ?? Linger : null;
            lookedAt = time.GetTimestamp();
            looking = time.GetElapsedTime(began, lookedAt);
        }
    }

    /// <summary>A worker here told its coordinator, elsewhere, what it trains, and heard how the sweep is.</summary>
    public void Take(IReadOnlyList<TrialAttempt> active, SweepStatus status)
    {
        lock (gate)
        {
            if (coordinated)
            {
                return;
            }

            var trained = active.Select(attempt => attempt.Trial).ToHashSet();
            foreach (var trial in blocks.Values.SelectMany(block => block.Trials.Values))
            {
                if (trained.Contains(trial.Number) && !status.IsFinal())
                {
                    trial.Remaining = null;
                }
                else
                {
                    End(trial);
                }
            }

            remaining = status.IsFinal() ? remaining ?? Linger : null;
        }
    }

    /// <summary>A collection has passed: lets go what it was the last for. True when nothing of the sweep is left.</summary>
    public bool Collected()
    {
        var idle = new List<TrialBlock>();
        lock (gate)
        {
            foreach (var (number, block) in blocks.ToList())
            {
                foreach (var trial in block.Trials.Values.Where(trial => trial.Remaining is not null).ToList())
                {
                    if (--trial.Remaining <= 0)
                    {
                        block.Trials.Remove(trial.Number);
                    }
                }

                if (block.Trials.Count == 0)
                {
                    idle.Add(block);
                    blocks.Remove(number);
                }
            }

            ending = new Queue<int>(ending.Distinct().Where(number => Find(number)?.Remaining is not null));
            if (remaining is null || (remaining -= 1) > 0)
            {
                idle.ForEach(block => block.Dispose());
                return false;
            }
        }

        Dispose();
        idle.ForEach(block => block.Dispose());
        return true;
    }

    /// <summary>Ends all its series.</summary>
    public void Dispose()
    {
        List<TrialBlock> rest;
        lock (gate)
        {
            disposed = true;
            rest = [.. blocks.Values];
            blocks.Clear();
        }

        rest.ForEach(block => block.Dispose());
        meter.Dispose();
    }

    private void TakeTrials(SweepState state)
    {
        look++;
        inFlight = 0;
        foreach (var trial in state.InFlight)
        {
            inFlight++;
            if ((Find(trial.Number) ?? Show(trial.Number)) is { } series)
            {
                series.Take(trial, objective);
                series.Remaining = null;
                series.Look = look;
            }
        }

        foreach (var series in blocks.Values.SelectMany(block => block.Trials.Values).Where(series => series.Look != look))
        {
            if (series.Remaining is null)
            {
                series.Take(state.Trials[series.Number], objective);
                End(series);
            }
        }
    }

    private void End(TrialSeries trial)
    {
        if (trial.Remaining is not null)
        {
            return;
        }

        trial.Remaining = Linger;
        ending.Enqueue(trial.Number);
        if (ending.Count > LingerLimit && Remove(ending.Dequeue()))
        {
            cut(1);
        }
    }

    private TrialSeries? Find(int number) => blocks.GetValueOrDefault(number / Catalogue.BlockSize)?.Trials.GetValueOrDefault(number);

    private TrialSeries? Show(int number)
    {
        if (disposed)
        {
            return null;
        }

        var place = number / Catalogue.BlockSize;
        if (!blocks.TryGetValue(place, out var block))
        {
            block = new TrialBlock(scope, info.Id, place, isHigherBetter, gate);
            blocks.Add(place, block);
        }

        return block.Trials[number] = new TrialSeries(info.Id, number, metric);
    }

    private bool Remove(int number) =>
        Find(number) is { Remaining: not null } && blocks[number / Catalogue.BlockSize].Trials.Remove(number);
}
