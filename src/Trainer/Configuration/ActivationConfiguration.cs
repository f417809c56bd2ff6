namespace ApproxCluster.Trainer;

/// <summary>Activation of the hidden layers. The output layer is linear; the loss applies softmax or sigmoid to it.</summary>
public enum ActivationKind
{
    /// <summary>z.</summary>
    Linear,

    /// <summary>max(0, z). He initialization.</summary>
    Relu,

    /// <summary>max(0, z) + slope*min(0, z). He initialization.</summary>
    LeakyRelu,

    /// <summary>tanh z. Glorot initialization.</summary>
    Tanh,

    /// <summary>1/(1+e^-z). Glorot initialization.</summary>
    Sigmoid,

    /// <summary>sin(frequency*z). SIREN initialization (Sitzmann et al. 2020, section 3.2).</summary>
    Sine,
}

/// <summary>An activation with its constants.</summary>
/// <param name="Kind">The activation.</param>
/// <param name="Slope">Leaky ReLU's slope for z below 0, 0..1; default 0.01.</param>
/// <param name="Frequency">Sine's w0, above 0; default 30.</param>
public sealed record ActivationConfiguration(ActivationKind Kind, double Slope = 0.01, double Frequency = 30);
