using ApproxCluster.Trainer;

namespace ApproxCluster.Bench.Trainer;

/// <summary>One trial on the calling thread, whole epochs with their shuffles and reports; per second of processor time.</summary>
internal sealed class TrialRace : IRace
{
    private const double SecondsPerRun = 0.4;

    private readonly Workload workload;
    private readonly TrainingRun run;

    /// <summary>Starts the trial and trains for a moment, which pays for compilation.</summary>
    public TrialRace(Workload workload)
    {
        this.workload = workload;
        run = TrainingRun.Start(workload.Configuration, workload.Draw(), 1);
        PeerWeights.Write(run);
        Run();
    }

    /// <inheritdoc />
    public double FlopsPerSample => workload.EpochFlops() / workload.Samples;

    /// <inheritdoc />
    public double Run()
    {
        var epochs = 0;
        var begin = ThreadClock.Seconds;
        double passed;
        do
        {
            run.TrainEpoch(CancellationToken.None);
            epochs++;
            passed = ThreadClock.Seconds - begin;
        }
        while (passed < SecondsPerRun);

        return workload.Samples * epochs / passed;
    }

    /// <inheritdoc />
    public void Dispose() => run.Dispose();
}
