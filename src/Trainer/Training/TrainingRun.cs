using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>
/// One trial's training. A pure function of (configuration, target, seed): the same bits whatever the vector width, core, attempt or
/// interruption. Not thread-safe; any one thread at a time may drive it.
/// </summary>
public sealed unsafe partial class TrainingRun : IDisposable
{
    private const int EvaluationRows = TrialMemory.EvaluationRows;

    /// <summary>Largest PSNR reported, in dB, so that a perfect fit is a number.</summary>
    private const double PerfectPsnr = 200;

    private readonly TrialConfiguration configuration;
    private readonly TargetData data;
    private readonly ulong seed;
    private readonly Network network;
    private readonly Encoder encoder;
    private readonly Losses losses;
    private readonly int[] order;
    private readonly int batchRows;
    private TeamShare? share;
    private CancellationTokenSource? stopAfterBatch;
    private int position;
    private long step;
    private Stretch stretch;

    private TrainingRun(TrialConfiguration configuration, TargetData data, ulong seed, KernelSet? kernels, BlockPool? pool, bool overwrites)
    {
        TrainerLimits.Check(configuration, data.Shape);
        (this.configuration, this.data, this.seed) = (configuration, data, seed);
        var set = kernels ?? KernelSet.Best;
        var memory = new TrialMemory(configuration, data.Shape with { TrainingSamples = data.Training.Count });
        network = new Network(set, configuration, memory, pool, overwrites);
        encoder = new Encoder(set, configuration.Encoding, data, network.Encoding);
        losses = new Losses(set, configuration.Loss, data.Shape.Outputs, memory.Rows);
        order = new int[data.Training.Count];
        batchRows = memory.Rows;
        stretch = configuration.AsStretch(int.MaxValue);
    }

    /// <summary>Epochs finished.</summary>
    public int EpochsDone { get; private set; }

    /// <summary>True once a loss or weight has become NaN or infinite; training further is refused.</summary>
    public bool Diverged { get; private set; }

    /// <summary>Starts a trial. Throws <see cref="ArgumentException"/> when configuration and target do not fit or a limit is exceeded.</summary>
    public static TrainingRun Start(TrialConfiguration configuration, TargetData data, ulong seed) => Start(configuration, data, seed, null, null);

    /// <summary>Continues from a checkpoint, bit for bit. Throws <see cref="InvalidDataException"/> when it is torn or of another trial.</summary>
    public static TrainingRun Resume(TrialConfiguration configuration, TargetData data, ulong seed, ReadOnlySpan<byte> checkpoint) =>
        Resume(configuration, data, seed, checkpoint, null, null);

    /// <summary>
    /// Trains to the end of the current epoch. Cancelled, it stops at the next batch boundary and returns null; the run can then be
    /// saved, or continued by another call.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public EpochReport? TrainEpoch(CancellationToken cancellationToken)
    {
        if (Diverged)
        {
            throw new InvalidOperationException("The trial has diverged; it cannot be trained further.");
        }

        var rate = stretch.Schedule.LearningRate(stretch.Optimizer.LearningRate, EpochsDone);
        while (position < order.Length)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                return null;
            }

            var count = Math.Min(stretch.BatchSize, order.Length - position);
            Step(count, rate);
            position += count;
            stopAfterBatch?.Cancel();
        }

        EpochsDone++;
        var training = Evaluate(data.Training, Math.Min(data.Training.Count, data.Validation.Count));
        var validation = Evaluate(data.Validation);
        var report = new EpochReport(EpochsDone, training.Loss, validation.Loss, training.Metric, validation.Metric, rate);
        Diverged = !report.IsFinite || !network.IsFinite;
        BeginEpoch();
        return report;
    }

    /// <summary>Loss and metric of the present weights over a split.</summary>
    public Evaluation Evaluate(Samples samples) => Evaluate(samples, samples.Count);

    /// <summary>Outputs (probabilities for classification) for raw inputs, row-major [n x inputs] to [n x outputs].</summary>
    public void Predict(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        var (d, m) = (data.Shape.Inputs, data.Shape.Outputs);
        var count = inputs.Length / d;
        ArgumentOutOfRangeException.ThrowIfNotEqual(inputs.Length, count * d, nameof(inputs));
        ArgumentOutOfRangeException.ThrowIfNotEqual(outputs.Length, count * m, nameof(outputs));
        for (var first = 0; first < count; first += EvaluationRows)
        {
            var rows = Math.Min(EvaluationRows, count - first);
            encoder.Encode(inputs.Slice(first * d, rows * d), network.Input, network.InputStride);
            network.Forward(0, rows, training: false);
            losses.Finish(network.Output, network.OutputDelta, network.OutputStride, rows);
            for (var row = 0; row < rows; row++)
            {
                new ReadOnlySpan<float>(network.OutputDelta + row * network.OutputStride, m).CopyTo(outputs[((first + row) * m)..]);
            }
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        JoinTeam(null);
        network.Dispose();
    }

    internal static TrainingRun Start(TrialConfiguration configuration, TargetData data, ulong seed, KernelSet? kernels, BlockPool? pool = null)
    {
        var run = new TrainingRun(configuration, data, seed, kernels, pool, overwrites: false);
        Initialization.Fill(run.network, configuration.Activation, seed);
        run.BeginEpoch();
        return run;
    }

    /// <summary>Lets a team train from now on, or, with null, the calling thread alone. The team stays its owner's. Results are the same bits.</summary>
    /// <param name="team">The team.</param>
    /// <param name="leastFlops">Operations from which the team does something together; only tests change it.</param>
    internal void JoinTeam(Team? team, double leastFlops = TeamShare.LeastFlops)
    {
        share?.Dispose();
        share = team is null || team.Size == 1 || !TeamShare.Pays(network, batchRows, leastFlops) ? null : new TeamShare(team, network, encoder, losses, leastFlops);
    }

    /// <summary>Threads that make a step quicker, at least 1.</summary>
    internal int UsefulThreads => (int)Math.Clamp(TeamShare.StepFlops(network, batchRows) / TeamShare.FlopsPerThread, 1, TrainerLimits.Threads);

    /// <summary>Weights and biases in the kernels' layout.</summary>
    internal Span<float> Parameters => network.Parameters;

    /// <summary>Bytes of native memory used.</summary>
    internal long Bytes => network.Bytes;

    /// <summary>Bytes of native memory taken.</summary>
    internal long BytesTaken => network.BytesTaken;

    /// <summary>Layers, first to last.</summary>
    internal IReadOnlyList<DenseLayer> Layers => network.Layers;

    /// <summary>Numbers of the samples of the coming step.</summary>
    internal ReadOnlySpan<int> NextBatch => order.AsSpan(position, Math.Min(stretch.BatchSize, order.Length - position));

    /// <summary>Trains a number of batches, across epochs, for tests of interruption.</summary>
    internal void TrainBatches(int batches, List<EpochReport?> reports)
    {
        while (batches-- > 0)
        {
            using var cancellation = new CancellationTokenSource();
            stopAfterBatch = cancellation;
            if (TrainEpoch(cancellation.Token) is { } report)
            {
                reports.Add(report);
            }
        }

        stopAfterBatch = null;
    }

    /// <summary>Draws the order of samples of the coming epoch, with a stream per epoch, and goes on to its stretch.</summary>
    private void BeginEpoch()
    {
        position = 0;
        var coming = configuration.StretchOf(EpochsDone + 1);
        if (coming.Optimizer != stretch.Optimizer)
        {
            network.Use(coming.Optimizer);
        }

        stretch = coming;
        var generator = new Philox(Seeds.Derive(seed, "shuffle"), (ulong)EpochsDone);
        Shuffle.Draw(ref generator, order);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Step(int count, double rate)
    {
        if (share is not null && share.CanStep(count))
        {
            share.Step(data.Training, order, position, count, ++step, rate);
            return;
        }

        var picked = order.AsSpan(position, count);
        encoder.Encode(data.Training.X, picked, network.Input, network.InputStride);
        network.Forward(0, picked.Length, training: true);
        losses.Gradient(data.Training, picked, 0, picked.Length, network.Output, network.OutputDelta, network.OutputStride);
        network.Backward(picked.Length, ++step, rate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Evaluation Evaluate(Samples samples, int count)
    {
        double lossSum = 0;
        double metricSum = 0;
        var d = samples.Inputs;
        var most = share is not null && share.CanEvaluate(batchRows) ? batchRows : EvaluationRows;
        for (var first = 0; first < count; first += most)
        {
            var rows = Math.Min(most, count - first);
            if (share is not null && share.CanEvaluate(rows))
            {
                share.Evaluate(samples, first, rows);
            }
            else
            {
                encoder.Encode(samples.X.AsSpan(first * d, rows * d), network.Input, network.InputStride);
                network.Forward(0, rows, training: false);
                losses.Prepare(0, rows, network.Output, network.OutputDelta, network.OutputStride);
            }

            losses.Accumulate(samples, first, rows, network.Output, network.OutputStride, ref lossSum, ref metricSum);
        }

        if (data.Shape.Task != TaskKind.Regression)
        {
            return new Evaluation(lossSum / count, metricSum / count);
        }

        var mean = lossSum / ((double)count * data.Shape.Outputs);
        return new Evaluation(mean, data.Shape.Metric == MetricKind.Psnr ? Psnr(mean) : Math.Sqrt(mean));
    }

    private static double Psnr(double mean) =>
        mean <= 0 ? PerfectPsnr : Math.Min(PerfectPsnr, -10 * (PortableMath.Log(mean) / PortableMath.Log(10)));
}
