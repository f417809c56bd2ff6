namespace ApproxCluster.Trainer;

/// <summary>
/// A split: <c>Count</c> samples, row-major. Regression has <see cref="Values"/> [Count x outputs]; both kinds of
/// classification have <see cref="Labels"/> [Count] instead.
/// </summary>
public sealed class Samples
{
    /// <summary>Makes a split of real-valued samples.</summary>
    public Samples(int inputs, float[] x, int outputs, float[] values)
        : this(inputs, x)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual((long)values.Length, (long)Count * outputs, nameof(values));
        Values = values;
    }

    /// <summary>Makes a split of labelled samples; labels count from 0.</summary>
    public Samples(int inputs, float[] x, int[] labels)
        : this(inputs, x)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(labels.Length, Count, nameof(labels));
        Labels = labels;
    }

    private Samples(int inputs, float[] x)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(x.Length % inputs, 0, nameof(x));
        Inputs = inputs;
        Count = x.Length / inputs;
        X = x;
    }

    /// <summary>Number of samples.</summary>
    public int Count { get; }

    /// <summary>Raw inputs of a sample.</summary>
    public int Inputs { get; }

    /// <summary>Inputs, [Count x Inputs], unscaled.</summary>
    public float[] X { get; }

    /// <summary>Regression: values, [Count x outputs]; else null.</summary>
    public float[]? Values { get; }

    /// <summary>Classification: labels, [Count]; else null.</summary>
    public int[]? Labels { get; }
}

/// <summary>What the search may see of a target: the training and validation splits. The test split is loaded apart, once, at the end.</summary>
/// <param name="Shape">Sizes and kinds.</param>
/// <param name="Scaler">The scaler that <see cref="ScalerKind.Auto"/> means here for encodings other than Fourier's.</param>
/// <param name="Training">The training split.</param>
/// <param name="Validation">The validation split.</param>
public sealed record TargetData(TargetShape Shape, ScalerKind Scaler, Samples Training, Samples Validation);
