using System.Globalization;

namespace ApproxCluster.Search.Tests;

/// <summary>
/// A search over made-up curves with a pruner alone: so many trials in flight, each epoch a unit of time, the smallest (finish, number) decided first. Keeps
/// what the pruner was told and what it said.
/// </summary>
internal sealed class PrunerRun
{
    private readonly IPruner pruner;
    private readonly int epochs;
    private readonly bool askTwice;
    private readonly SortedSet<(int Finish, int Trial)> inFlight = [];
    private readonly List<Curve> curves = [];
    private readonly List<Action<IPruner>> told = [];

    private PrunerRun(IPruner pruner, int epochs, bool askTwice) => (this.pruner, this.epochs, this.askTwice) = (pruner, epochs, askTwice);

    /// <summary>How each trial ended and after how many epochs.</summary>
    public IReadOnlyList<(TrialState State, int Epochs)> Ends => [.. curves.Select(curve => (curve.State, curve.Costs.Count))];

    /// <summary>What the pruner said, in order.</summary>
    public List<string> Answers { get; } = [];

    /// <summary>Runs all trials to their ends.</summary>
    /// <param name="pruner">The pruner.</param>
    /// <param name="trials">Trials.</param>
    /// <param name="epochs">Epochs of a trial.</param>
    /// <param name="cost">Cost of a trial after an epoch (from 1); positive infinity: it diverges there.</param>
    /// <param name="parallel">Trials in flight.</param>
    /// <param name="replicates">Replicates of a configuration.</param>
    /// <param name="gap">Gap of a trial after an epoch.</param>
    /// <param name="askTwice">Whether every question is asked twice.</param>
    /// <param name="second">A second objective's cost of a trial after an epoch; null: there is one objective.</param>
    public static PrunerRun Of(
        IPruner pruner,
        int trials,
        int epochs,
        Func<int, int, double> cost,
        int parallel = 1,
        int replicates = 1,
        Func<int, int, double>? gap = null,
        bool askTwice = false,
        Func<int, int, double>? second = null)
    {
        var run = new PrunerRun(pruner, epochs, askTwice);
        run.Run(trials, number => new(number, replicates, cost, gap ?? ((_, _) => double.NaN), second), parallel);
        return run;
    }

    /// <summary>What another pruner says when it is told the same and asked at the same places.</summary>
    public IReadOnlyList<string> Replay(IPruner other)
    {
        foreach (var curve in curves)
        {
            curve.Rewind();
        }

        Answers.Clear();
        told.ForEach(tell => tell(other));
        return Answers;
    }

    /// <summary>How many trials ended pruned after some epochs.</summary>
    public int PrunedAfter(int epochs) => Ends.Count(end => end == (TrialState.Pruned, epochs));

    private void Run(int trials, Func<int, Curve> create, int parallel)
    {
        var now = 0;
        while (true)
        {
            while (inFlight.Count < parallel)
            {
                if (Promotion(closing: false) is { } promoted)
                {
                    Tell(told => told.Promoted(curves[promoted]), _ => { });
                    Start(curves[promoted], now);
                }
                else if (curves.Count < trials)
                {
                    curves.Add(create(curves.Count));
                    Start(curves[^1], now);
                }
                else
                {
                    break;
                }
            }

            if (inFlight.Count == 0)
            {
                if (Promotion(closing: true) is not { } last)
                {
                    break;
                }

                Tell(told => told.Promoted(curves[last]), _ => { });
                Start(curves[last], now);
                continue;
            }

            var (finish, number) = inFlight.Min;
            inFlight.Remove(inFlight.Min);
            now = finish;
            Finish(curves[number]);
        }

        foreach (var curve in curves.Where(curve => curve.State == TrialState.Paused))
        {
            End(curve, TrialState.Pruned);
        }
    }

    private void Start(Curve curve, int now)
    {
        var next = Ask("next", told => told.NextStop(curve));
        Assert.InRange(next, curve.Costs.Count + 1, epochs);
        curve.State = TrialState.Running;
        Tell(_ => { }, _ => curve.ToEpoch = next);
        curve.ToEpoch = next;
        inFlight.Add((now + next - curve.Costs.Count, curve.Number));
    }

    private void Finish(Curve curve)
    {
        var target = curve.ToEpoch;
        Tell(_ => { }, _ => curve.Advance(target));
        var diverged = curve.Advance(target);
        Tell(told => told.Observe(curve, diverged), _ => { });
        if (diverged)
        {
            End(curve, TrialState.Failed);
        }
        else if (target >= epochs)
        {
            End(curve, TrialState.Completed);
        }
        else
        {
            switch (Ask("judge", told => told.Judge(curve)).Kind)
            {
                case VerdictKind.Prune:
                    End(curve, TrialState.Pruned);
                    break;
                case VerdictKind.Pause:
                    curve.State = TrialState.Paused;
                    break;
                default:
                    Start(curve, inFlight.Count == 0 ? 0 : inFlight.Min.Finish);
                    break;
            }
        }
    }

    private void End(Curve curve, TrialState state)
    {
        curve.State = state;
        Tell(told => told.Ended(curve), _ => { });
    }

    private int? Promotion(bool closing) => Ask("promotion", told => told.Promotion(closing));

    private void Tell(Action<IPruner> what, Action<IPruner> onReplay)
    {
        what(pruner);
        told.Add(what + onReplay);
    }

    private T Ask<T>(string question, Func<IPruner, T> ask)
    {
        var answer = ask(pruner);
        if (askTwice)
        {
            Assert.Equal(answer, ask(pruner));
        }

        void Note(T value) => Answers.Add(string.Create(CultureInfo.InvariantCulture, $"{question}: {value}"));
        Note(answer);
        told.Add(other => Note(ask(other)));
        return answer;
    }

    private sealed class Curve(int number, int replicates, Func<int, int, double> cost, Func<int, int, double> gap, Func<int, int, double>? second) : ITrialCurve
    {
        private readonly List<double> costs = [];

        public int Number => number;

        public int Configuration => number / replicates;

        public int Replicate => number % replicates;

        public int ToEpoch { get; set; }

        public TrialState State { get; set; }

        public IReadOnlyList<double> Costs => costs;

        public double BestCost => costs.Where(double.IsFinite).DefaultIfEmpty(double.PositiveInfinity).Min();

        public IReadOnlyList<double> Outcome => !double.IsFinite(BestCost) ? [] : second is null ? [BestCost] : [BestCost, second(number, costs.IndexOf(BestCost) + 1)];

        public double CostAfter(int objective, int epoch) => objective == 0 ? costs[epoch - 1] : second!(number, epoch);

        public double GapAfter(int epoch) => gap(number, epoch);

        /// <summary>Trains on; whether it diverged.</summary>
        public bool Advance(int toEpoch)
        {
            while (costs.Count < toEpoch)
            {
                var next = cost(number, costs.Count + 1);
                if (double.IsPositiveInfinity(next))
                {
                    return true;
                }

                costs.Add(double.IsFinite(next) ? next : double.NaN);
            }

            return false;
        }

        public void Rewind()
        {
            costs.Clear();
            ToEpoch = 0;
        }
    }
}
