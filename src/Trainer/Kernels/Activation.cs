namespace ApproxCluster.Trainer;

/// <summary>An activation with its constants in the precision of the kernels.</summary>
/// <param name="Kind">The activation.</param>
/// <param name="Slope">Leaky ReLU's slope below 0.</param>
/// <param name="Frequency">Sine's frequency.</param>
internal readonly record struct Activation(ActivationKind Kind, float Slope, float Frequency)
{
    /// <summary>Rounds the constants of a configuration once.</summary>
    public static Activation From(ActivationConfiguration configuration) =>
        new(configuration.Kind, (float)configuration.Slope, (float)configuration.Frequency);

    /// <summary>The output layer's.</summary>
    public static Activation Linear => new(ActivationKind.Linear, 0, 0);

    /// <summary>Whether the derivative follows from z only, so that the forward pass has to keep it.</summary>
    public bool KeepsDerivative => Kind == ActivationKind.Sine;
}
