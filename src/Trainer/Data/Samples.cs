namespace ApproxCluster.Trainer;

/// <summary>
/// A split: <c>Count</c> samples, row-major. Regression has <see cref="Values"/> [Count x outputs]; both kinds of
/// classification have <see cref="Labels"/> [Count] instead.
/// </summary>
public sealed class Samples
{
    /// <summary>Makes a split of real-valued samples. The arrays are not copied.</summary>
    /// <param name="inputs">Raw inputs of a sample, at least 1.</param>
    /// <param name="x">Inputs, unscaled, [n x inputs], row-major.</param>
    /// <param name="outputs">Values of a sample, at least 1.</param>
    /// <param name="values">Values, [n x outputs], row-major.</param>
    /// <exception cref="ArgumentException">Lengths do not fit: the message says what they are and must be.</exception>
    public Samples(int inputs, float[] x, int outputs, float[] values)
        : this(inputs, x)
    {
        ArgumentNullException.ThrowIfNull(values);
        CheckLengths(inputs, x.Length, outputs, values.Length, nameof(values));
        Values = values;
    }

    /// <summary>Makes a split of labelled samples. The arrays are not copied.</summary>
    /// <param name="inputs">Raw inputs of a sample, at least 1.</param>
    /// <param name="x">Inputs, unscaled, [n x inputs], row-major.</param>
    /// <param name="labels">Classes, counted from 0, [n].</param>
    /// <exception cref="ArgumentException">Lengths do not fit: the message says what they are and must be.</exception>
    public Samples(int inputs, float[] x, int[] labels)
        : this(inputs, x)
    {
        ArgumentNullException.ThrowIfNull(labels);
        CheckLengths(inputs, x.Length, 1, labels.Length, nameof(labels));
        Labels = labels;
    }

    private Samples(int inputs, float[] x)
    {
        ArgumentNullException.ThrowIfNull(x);
        CheckInputs(inputs, x.Length);
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

    /// <summary>Throws where lengths do not fit.</summary>
    /// <param name="inputs">Inputs of a sample.</param>
    /// <param name="x">Numbers in x.</param>
    /// <param name="outputs">Values or labels of a sample.</param>
    /// <param name="given">Values or labels in all.</param>
    /// <param name="name">Name of the argument that holds them.</param>
    internal static void CheckLengths(int inputs, int x, int outputs, int given, string name)
    {
        CheckInputs(inputs, x);
        if (outputs < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(outputs), FormattableString.Invariant($"outputs is {outputs}, but must be at least 1, the values of a sample. Correct it."));
        }

        var samples = x / inputs;
        if (given != (long)samples * outputs)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{name} has {given} numbers, but must have {(long)samples * outputs}: {outputs} for each of the {samples} samples in x. Check the lengths."), name);
        }
    }

    private static void CheckInputs(int inputs, int x)
    {
        if (inputs < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(inputs), FormattableString.Invariant($"inputs is {inputs}, but must be at least 1, the numbers of a sample in x. Correct it."));
        }

        if (x % inputs != 0)
        {
            throw new ArgumentException(FormattableString.Invariant($"x has {x} numbers, but must have a multiple of {inputs}, the inputs of a sample. Pass whole rows."), nameof(x));
        }
    }
}

/// <summary>What the search may see of a target: the training and validation splits. The test split is loaded apart, once, at the end.</summary>
/// <param name="Shape">Sizes and kinds.</param>
/// <param name="Scaler">The scaler that <see cref="ScalerKind.Auto"/> means here for encodings other than Fourier's.</param>
/// <param name="Training">The training split.</param>
/// <param name="Validation">The validation split.</param>
public sealed record TargetData(TargetShape Shape, ScalerKind Scaler, Samples Training, Samples Validation);
