using ApproxCluster.Trainer;

namespace ApproxCluster.Bench.Trainer;

/// <summary>One trial on the calling thread, whole epochs with their shuffles and reports; per second of processor time.</summary>
internal sealed class TrialRace : IRace
{
    private const double SecondsPerRun = 0.4;

    private readonly Workload workload;
    private readonly TargetData data;
    private readonly TrainingRun run;

    /// <summary>Starts the trial and trains for a moment, which pays for compilation.</summary>
    public TrialRace(Workload workload)
    {
        this.workload = workload;
        data = workload.Draw();
        run = TrainingRun.Start(workload.Configuration, data, 1);
        PeerWeights.Write(run);
        Run(out _);
    }

    /// <inheritdoc />
    public double FlopsPerSample => workload.EpochFlops() / workload.Samples;

    /// <inheritdoc />
    public double Run(out double reports)
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

        // A report evaluates the validation split and as many training samples.
        begin = ThreadClock.Seconds;
        for (var i = 0; i < 2 * epochs; i++)
        {
            run.Evaluate(data.Validation);
        }

        reports = (ThreadClock.Seconds - begin) / passed;
        return workload.Samples * epochs / passed;
    }

    /// <inheritdoc />
    public void Dispose() => run.Dispose();
}
