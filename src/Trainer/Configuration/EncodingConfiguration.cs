namespace ApproxCluster.Trainer;

/// <summary>How raw inputs become the features that the first layer sees.</summary>
public enum EncodingKind
{
    /// <summary>The scaled inputs themselves: d features.</summary>
    Identity,

    /// <summary>Powers x, x^2 ... x^K of every input, without cross terms: d*K features.</summary>
    Taylor,

    /// <summary>Each input and sin(nx), cos(nx), n = 1..K, per input: d*(2K+1) features.</summary>
    Fourier1d,
}

/// <summary>The linear map applied to inputs before the encoding; fitted on the training split only.</summary>
public enum ScalerKind
{
    /// <summary>What the encoding works best on: <see cref="Pi"/> for Fourier features, the target's own choice otherwise.</summary>
    Auto,

    /// <summary>Inputs as they are.</summary>
    None,

    /// <summary>Minimum and maximum of the training split to [-1, 1].</summary>
    Symmetric,

    /// <summary>Minimum and maximum of the training split to [0, 1].</summary>
    Unit,

    /// <summary>Mean 0, standard deviation 1 over the training split.</summary>
    ZScore,

    /// <summary>Minimum and maximum of the training split to [-pi, pi].</summary>
    Pi,

    /// <summary>Division by 255.</summary>
    Byte,
}

/// <summary>An encoding with its order and scaler.</summary>
/// <param name="Kind">The encoding.</param>
/// <param name="Order">K: 1..64 for Taylor, 1..1024 for Fourier, 0 for identity.</param>
/// <param name="Scaler">The input scaler.</param>
public sealed record EncodingConfiguration(EncodingKind Kind, int Order = 0, ScalerKind Scaler = ScalerKind.Auto)
{
    /// <summary>Number of features for <paramref name="inputs"/> raw inputs.</summary>
    public long FeatureCount(int inputs) => Kind switch
    {
        EncodingKind.Identity => inputs,
        EncodingKind.Taylor => (long)inputs * Order,
        EncodingKind.Fourier1d => (long)inputs * (2 * Order + 1),
        _ => throw new ArgumentOutOfRangeException(nameof(inputs), Kind, "Unknown encoding."),
    };
}
