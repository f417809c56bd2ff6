using ApproxCluster.Trainer;

namespace ApproxCluster.Bench.Trainer;

/// <summary>f: eight trials of b, each with its own learning rate, on two slots; wall time from the first order to the last outcome.</summary>
internal sealed class SweepRace : IRace, ISegmentListener, ICheckpointStore
{
    /// <summary>Epochs of each trial: some seconds in all, so that it does not matter how soon the threads are on processors of their own.</summary>
    public const int Epochs = 6;

    private const int Trials = 8;
    private const int Slots = 2;

    private readonly Workload workload = Workload.All.Single(one => one.Name == "b");
    private readonly TrainingSlots slots;
    private readonly DrawnOnce target;
    private readonly CountdownEvent left = new(Trials);
    private int sweep;

    /// <summary>Starts the slots and runs the sweep once, which pays for compilation.</summary>
    public SweepRace()
    {
        target = new DrawnOnce(workload.Draw());
        slots = new TrainingSlots(Slots, this, this, TimeProvider.System, niceness: 0);
        Run(out _);
    }

    /// <inheritdoc />
    public double FlopsPerSample => workload.EpochFlops() / workload.Samples / Slots;

    /// <inheritdoc />
    public double Run(out double reports)
    {
        // As the peers train a few batches before their clock starts: the threads are awake and apart.
        reports = 0;
        Train(Slots, 1);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Train(Trials, Epochs);
        return (double)workload.Samples * Epochs * Trials / clock.Elapsed.TotalSeconds;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        slots.Dispose();
        left.Dispose();
    }

    private void Train(int trials, int epochs)
    {
        left.Reset(trials);
        sweep++;
        for (var trial = 0; trial < trials; trial++)
        {
            slots.Enqueue(new NetworkSegment
            {
                Sweep = $"{sweep}",
                Trial = trial,
                Attempt = 1,
                Segment = 0,
                Configuration = workload.Configuration with { Epochs = epochs, Optimizer = OptimizerConfiguration.Default(OptimizerKind.Adam, 1e-3 * (1 + 0.1 * trial)) },
                Target = target,
                Seed = (ulong)trial,
                FromEpoch = 0,
                ToEpoch = epochs,
            });
        }

        left.Wait();
    }

    void ISegmentListener.EpochDone(SegmentRequest request, EpochReport report, TimeSpan elapsed)
    {
    }

    void ISegmentListener.SegmentDone(SegmentOutcome outcome)
    {
        if (outcome.Error is not null || outcome.Epochs.Count == 0)
        {
            throw new InvalidOperationException($"Trial {outcome.Request.Trial} ended with {outcome.Error ?? "too few epochs"}.");
        }

        left.Signal();
    }

    void ISegmentListener.SegmentInterrupted(SegmentRequest request)
    {
    }

    void ICheckpointStore.Save(SegmentRequest request, int epochsDone, IReadOnlyList<EpochReport> reports, ReadOnlyMemory<byte> checkpoint)
    {
    }

    SavedCheckpoint? ICheckpointStore.Load(SegmentRequest request) => null;

    private sealed class DrawnOnce(TargetData data) : ITarget
    {
        public TargetShape Shape => data.Shape;

        public TargetData Load() => data;

        public Samples LoadTest() => data.Validation;
    }
}
