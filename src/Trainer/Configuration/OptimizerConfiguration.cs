namespace ApproxCluster.Trainer;

/// <summary>The update rule.</summary>
public enum OptimizerKind
{
    /// <summary>Stochastic gradient descent, with momentum where it is above 0.</summary>
    Sgd,

    /// <summary>Adam (Kingma and Ba 2015, algorithm 1).</summary>
    Adam,

    /// <summary>RMSprop (Hinton 2012): a running mean of squared gradients.</summary>
    RmsProp,
}

/// <summary>An update rule with its constants.</summary>
/// <param name="Kind">The rule.</param>
/// <param name="LearningRate">Step size, above 0.</param>
/// <param name="Momentum">SGD only: 0 (default) up to below 1.</param>
/// <param name="Beta1">Adam only: decay of the first moment, default 0.9.</param>
/// <param name="Beta2">Adam: decay of the second moment, default 0.999. RMSprop: decay of the mean square, default 0.9 there (see <see cref="Default"/>).</param>
/// <param name="Epsilon">Added to the root, default 1e-8 (RMSprop 1e-7).</param>
public sealed record OptimizerConfiguration(
    OptimizerKind Kind,
    double LearningRate,
    double Momentum = 0,
    double Beta1 = 0.9,
    double Beta2 = 0.999,
    double Epsilon = 1e-8)
{
    /// <summary>The rule with the constants that its users expect.</summary>
    public static OptimizerConfiguration Default(OptimizerKind kind, double learningRate) => kind switch
    {
        OptimizerKind.RmsProp => new(kind, learningRate, Beta2: 0.9, Epsilon: 1e-7),
        _ => new(kind, learningRate),
    };
}
