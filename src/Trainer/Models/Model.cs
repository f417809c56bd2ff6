using System.Collections.Concurrent;

namespace ApproxCluster.Trainer;

/// <summary>
/// A trained network with its input scaler and encoding. Immutable, so any number of threads may predict at a time. Predictions are the same bits on every machine and
/// vector width. Disposing frees the native copies of the weights that predictions made (one for each thread that predicts at the same time); left alone, the garbage collector does. A disposed model still saves and
/// exports, but predicts no more.
/// </summary>
/// <example>
/// <code>
/// using var model = Model.Fit(configuration, x, inputs: 2, labels);
/// model.Save("moons.model");
/// float[] probabilities = model.Predict(x);
/// </code>
/// </example>
public sealed partial class Model : IDisposable
{
    private readonly ConcurrentBag<Predictor> idle = [];
    private readonly KernelSet kernels;
    private volatile bool disposed;

    internal Model(ModelDefinition definition, Scaler scaler, IReadOnlyList<ModelLayer> layers, KernelSet? kernels = null)
    {
        HardwareCheck.ThrowIfUnsupported();
        definition.Check();
        (Definition, Scaler, Layers) = (definition, scaler, layers);
        this.kernels = kernels ?? KernelSet.Best;
    }

    /// <summary>Everything but the numbers.</summary>
    public ModelDefinition Definition { get; }

    /// <summary>The layers, first to last.</summary>
    public IReadOnlyList<ModelLayer> Layers { get; }

    /// <summary>The input scaler: x' = (x - InputCenter) * InputScale, per input.</summary>
    public ReadOnlyMemory<float> InputCenter => Scaler.Center;

    /// <summary>See <see cref="InputCenter"/>.</summary>
    public ReadOnlyMemory<float> InputScale => Scaler.Scale;

    internal Scaler Scaler { get; }

    /// <summary>Predicts. See <see cref="Predict(ReadOnlySpan{float}, Span{float})"/>.</summary>
    /// <param name="x">Inputs, unscaled, [n x inputs], row-major.</param>
    /// <returns>[n x outputs], row-major; empty for no rows.</returns>
    /// <exception cref="ArgumentException">The length of <paramref name="x"/> is no multiple of the inputs, or [n x outputs] is longer than an array may be.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public float[] Predict(ReadOnlySpan<float> x)
    {
        var y = new float[Rows(x) * Definition.Outputs];
        Predict(x, y);
        return y;
    }

    /// <summary>
    /// Predicts: regression gives values in the units that it was trained on (<see cref="ModelColumns.OutputScale"/> applied), multi-class classification one probability a
    /// class (their sum is 1 up to rounding), binary classification the probability of class 1. An input that is not finite gives NaN or a limit, never an error.
    /// </summary>
    /// <param name="x">Inputs, unscaled, [n x inputs], row-major.</param>
    /// <param name="y">Takes [n x outputs], row-major.</param>
    /// <exception cref="ArgumentException">The length of <paramref name="x"/> is no multiple of the inputs, or that of <paramref name="y"/> is not n x outputs.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public void Predict(ReadOnlySpan<float> x, Span<float> y)
    {
        Run(x, y, logits: false);
        if (Definition.Columns.OutputScale.Count == 0 && Definition.Columns.OutputShift.Count == 0)
        {
            return;
        }

        var (scale, shift) = (Definition.OutputScale, Definition.OutputShift);
        for (var i = 0; i < y.Length; i++)
        {
            y[i] = y[i] * scale[i % scale.Length] + shift[i % shift.Length];
        }
    }

    /// <summary>The most probable class of each sample, from 0; of equally probable ones the first. By logits, as accuracy is measured in training; 0 where they are NaN.</summary>
    /// <param name="x">Inputs, unscaled, [n x inputs], row-major.</param>
    /// <returns>Labels, [n].</returns>
    /// <exception cref="ArgumentException">The length of <paramref name="x"/> is no multiple of the inputs.</exception>
    /// <exception cref="InvalidOperationException">The model is a regression, or was disposed (<see cref="ObjectDisposedException"/>).</exception>
    public int[] PredictLabels(ReadOnlySpan<float> x)
    {
        if (Definition.Task == TaskKind.Regression)
        {
            throw new InvalidOperationException("The model is a regression, but labels need a classifier. Call Predict.");
        }

        var (rows, outputs) = (Rows(x), Definition.Outputs);
        var logits = new float[rows * outputs];
        Run(x, logits, logits: true);
        var labels = new int[rows];
        for (var row = 0; row < rows; row++)
        {
            var sample = logits.AsSpan(row * outputs, outputs);
            if (outputs == 1)
            {
                labels[row] = sample[0] > 0 ? 1 : 0;
            }

            for (var label = 1; label < outputs; label++)
            {
                labels[row] = sample[label] > sample[labels[row]] ? label : labels[row];
            }
        }

        return labels;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        disposed = true;
        while (idle.TryTake(out var predictor))
        {
            predictor.Dispose();
        }
    }

    private int Rows(ReadOnlySpan<float> x)
    {
        if (x.Length % Definition.Inputs != 0)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"x has {x.Length} numbers, but must have a multiple of {Definition.Inputs}, the inputs of a sample. Pass whole rows."), nameof(x));
        }

        var (rows, most) = (x.Length / Definition.Inputs, Array.MaxLength / Definition.Outputs);
        return rows <= most
            ? rows
            : throw new ArgumentException(FormattableString.Invariant($"x has {rows} rows, but must have at most {most} for {Definition.Outputs} outputs. Predict in parts."), nameof(x));
    }

    private void Run(ReadOnlySpan<float> x, Span<float> y, bool logits)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        var expected = Rows(x) * Definition.Outputs;
        if (y.Length != expected)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"y has {y.Length} numbers, but must have {expected}, the outputs of as many rows as x has. Resize it."), nameof(y));
        }

        var predictor = idle.TryTake(out var free) ? free : new Predictor(this, kernels);
        try
        {
            predictor.Run(x, y, logits);
        }
        finally
        {
            if (disposed)
            {
                predictor.Dispose();
            }
            else
            {
                idle.Add(predictor);
            }
        }
    }
}
