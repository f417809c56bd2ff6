using System.Collections.Concurrent;

namespace ApproxCluster.Trainer;

/// <summary>
/// Compiles what training a configuration takes, before or beside the first trial, by training a small stand-in of it for two epochs: of the same kinds, and with widths and
/// batch that leave the same rests over register tiles and panels, as each is a method of its own. Once a process for each stand-in. Changes no result.
/// </summary>
public static class WarmUp
{
    // A multiple of every tile's height and of a panel's width; from one to two of them.
    private const int Period = 96;
    private const int BatchPeriod = 32;
    private const int MostWaves = 16;

    /// <summary>Configurations that are worth it: later trials find most of what they need compiled by earlier ones.</summary>
    public const int MostConfigurations = 8;

    private static readonly ConcurrentDictionary<string, bool> Done = new(StringComparer.Ordinal);

    /// <summary>Compiles on the calling thread: some 50 to 100 ms for the first kind of a process, less for others, about nothing for one that was compiled.</summary>
    /// <exception cref="PlatformNotSupportedException">The hardware lacks fused multiply-add.</exception>
    public static void Run(TrialConfiguration configuration, TargetShape shape)
    {
        HardwareCheck.ThrowIfUnsupported();
        var (small, smallShape) = StandIn(configuration, shape);
        var kind = FormattableString.Invariant(
            $"{small.Encoding}|{smallShape}|{string.Join(',', small.HiddenWidths)}|{small.Activation.Kind}|{small.Optimizer.Kind}|{small.Optimizer.Momentum > 0}|{small.Optimizer.ClipNorm > 0}|{small.BatchSize}");
        if (!Done.TryAdd(kind, true) || TrainerLimits.Faults(small, smallShape).Any())
        {
            return;
        }

        using var run = TrainingRun.Start(small, Draw(smallShape), 1);
        for (var epoch = 0; epoch < 2 && !run.Diverged; epoch++)
        {
            run.TrainEpoch(CancellationToken.None);
        }
    }

    /// <summary>
    /// Compiles on a thread of its own and returns at once. Does nothing on a single core, where the trial itself would have to wait for it.
    /// </summary>
    /// <param name="first">Gives the configurations that are trained first; called on the other thread.</param>
    /// <param name="shape">Shape of their target.</param>
    public static void Begin(Func<IReadOnlyList<TrialConfiguration>> first, TargetShape shape)
    {
        if (Environment.ProcessorCount == 1)
        {
            return;
        }

        var thread = new Thread(() =>
        {
            try
            {
                foreach (var configuration in first())
                {
                    Run(configuration, shape);
                }
            }
#pragma warning disable CA1031 // Whatever is wrong, the sweep itself says it better.
            catch (Exception)
#pragma warning restore CA1031
            {
                // Nothing depends on what was not compiled.
            }
        })
        { IsBackground = true, Name = "warm-up" };
        thread.Start();
    }

    internal static (TrialConfiguration Configuration, TargetShape Shape) StandIn(TrialConfiguration configuration, TargetShape shape)
    {
        var encoding = configuration.Encoding;
        var inputs = Fold(shape.Inputs, Period);
        var order = encoding.Kind == EncodingKind.Identity ? encoding.Order : Fold(encoding.Order, inputs >= MostWaves ? MostWaves : Period / 2);
        var layers = TrialCost.Layers(configuration, shape).ToList();

        // Mirrors the input gradient's choice of what to transpose.
        var rows = Math.Min(configuration.BatchSize, shape.TrainingSamples);
        var isSmall = rows % 16 == 0 && layers.Skip(1).Any(layer => rows * (layer.Inputs + layer.Outputs) < layer.Inputs * layer.Outputs);
        var batch = Fold(rows, isSmall ? BatchPeriod : Period);
        var tail = shape.TrainingSamples % rows;
        var small = configuration with
        {
            Encoding = encoding with { Order = order, Scaler = ScalerKind.None },
            HiddenWidths = [.. configuration.HiddenWidths.Take(3).Select(width => Fold(width, Period))],
            BatchSize = batch,
        };
        return (small, shape with
        {
            Fingerprint = "",
            Inputs = inputs,
            TrainingSamples = batch + Fold(tail, BatchPeriod),
            ValidationSamples = Fold(shape.ValidationSamples, TrialMemory.EvaluationRows),
            TestSamples = 0,
        });
    }

    internal static TargetData Draw(TargetShape shape) => new(shape, ScalerKind.None, Make(shape, shape.TrainingSamples), Make(shape, shape.ValidationSamples));

    private static int Fold(int size, int period) => size < 2 * period ? size : period + size % period;

    private static Samples Make(TargetShape shape, int count)
    {
        var x = new float[count * shape.Inputs];
        for (var i = 0; i < x.Length; i++)
        {
            x[i] = i % 17 / 17f;
        }

        return shape.Task == TaskKind.Regression
            ? new Samples(shape.Inputs, x, shape.Outputs, new float[count * shape.Outputs])
            : new Samples(shape.Inputs, x, new int[count]);
    }
}
