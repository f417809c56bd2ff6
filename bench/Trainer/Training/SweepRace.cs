using ApproxCluster.Trainer;

namespace ApproxCluster.Bench.Trainer;

/// <summary>Trials of a workload, each with its own learning rate, on some slots; wall time from the first order to the last outcome.</summary>
internal sealed class SweepRace : IRace, ISegmentListener, ICheckpointStore
{
    /// <summary>Epochs of each of f's trials: some seconds in all, so that it does not matter how soon the threads are on processors of their own.</summary>
    public const int Epochs = 6;

    private readonly Workload workload;
    private readonly TrainingSlots slots;
    private readonly DrawnOnce target;
    private readonly CountdownEvent left = new(1);
    private readonly int trials;
    private readonly int epochs;
    private int sweep;

    /// <summary>Starts the slots and runs the sweep once, which pays for compilation.</summary>
    /// <param name="workload">What each trial trains.</param>
    /// <param name="count">Slots.</param>
    /// <param name="trials">Trials.</param>
    /// <param name="epochs">Epochs of each.</param>
    public SweepRace(Workload workload, int count, int trials, int epochs)
    {
        (this.workload, this.trials, this.epochs) = (workload, trials, epochs);
        target = new DrawnOnce(workload.Draw());
        slots = new TrainingSlots(count, this, this, TimeProvider.System, niceness: 0);
        Run(out _);
    }

    /// <summary>f: eight trials of b on two slots.</summary>
    public static SweepRace OfEight() => new(Workload.All.Single(one => one.Name == "b"), 2, 8, Epochs);

    /// <inheritdoc />
    public double FlopsPerSample => workload.EpochFlops() / workload.Samples / slots.Count;

    /// <inheritdoc />
    public double Run(out double reports)
    {
        // As the peers train a few batches before their clock starts: the threads are awake and apart.
        reports = 0;
        Train(slots.Count, 1);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Train(trials, epochs);
        return (double)workload.Samples * epochs * trials / clock.Elapsed.TotalSeconds;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        slots.Dispose();
        left.Dispose();
    }

    private void Train(int count, int toEpoch)
    {
        left.Reset(count);
        sweep++;
        for (var trial = 0; trial < count; trial++)
        {
            slots.Enqueue(new NetworkSegment
            {
                Sweep = $"{sweep}",
                Trial = trial,
                Attempt = 1,
                Segment = 0,
                Configuration = workload.Configuration with { Epochs = toEpoch, Optimizer = OptimizerConfiguration.Default(OptimizerKind.Adam, 1e-3 * (1 + 0.1 * trial)) },
                Target = target,
                Seed = (ulong)trial,
                FromEpoch = 0,
                ToEpoch = toEpoch,
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
