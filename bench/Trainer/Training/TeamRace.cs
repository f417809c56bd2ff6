using System.Diagnostics;
using ApproxCluster.Trainer;

namespace ApproxCluster.Bench.Trainer;

/// <summary>One trial on several threads against the same trial on one, in turns; wall time of whole epochs.</summary>
internal sealed class TeamRace : IDisposable
{
    private const double SecondsPerRun = 0.4;

    private readonly Workload workload;
    private readonly Team team;
    private readonly TrainingRun alone;
    private readonly TrainingRun together;
    private readonly List<double> ratios = [];
    private readonly List<double> rates = [];

    /// <summary>Starts both trials and trains each for a moment, which pays for compilation.</summary>
    public TeamRace(Workload workload, int threads)
    {
        this.workload = workload;
        var data = workload.Draw();
        team = new Team(threads);
        alone = TrainingRun.Start(workload.Configuration, data, 1);
        together = TrainingRun.Start(workload.Configuration, data, 1);
        together.JoinTeam(team);
        Rate(alone);
        Rate(together);
    }

    /// <summary>Median speed-up.</summary>
    public double Ratio => Rounds.Median(ratios);

    /// <summary>Median samples a second on one thread.</summary>
    public double Alone => Rounds.Median(rates);

    /// <summary>Whether both have come to the same weights, bit for bit, over as many epochs.</summary>
    public bool IsSame
    {
        get
        {
            while (alone.EpochsDone != together.EpochsDone)
            {
                (alone.EpochsDone < together.EpochsDone ? alone : together).TrainEpoch(CancellationToken.None);
            }

            return alone.SaveCheckpoint().AsSpan().SequenceEqual(together.SaveCheckpoint());
        }
    }

    /// <summary>One turn of each.</summary>
    public void Round()
    {
        var rate = Rate(alone);
        rates.Add(rate);
        ratios.Add(Rate(together) / rate);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        alone.Dispose();
        together.Dispose();
        team.Dispose();
    }

    private double Rate(TrainingRun run)
    {
        var clock = Stopwatch.StartNew();
        var epochs = 0;
        do
        {
            run.TrainEpoch(CancellationToken.None);
            epochs++;
        }
        while (clock.Elapsed.TotalSeconds < SecondsPerRun);
        return workload.Samples * epochs / clock.Elapsed.TotalSeconds;
    }
}
