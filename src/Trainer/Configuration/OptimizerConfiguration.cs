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

    /// <summary>Adam with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2).</summary>
    AdamW,
}

/// <summary>An update rule with its constants.</summary>
/// <param name="Kind">The rule.</param>
/// <param name="LearningRate">Step size, above 0.</param>
/// <param name="Momentum">SGD only: 0 (default) up to below 1.</param>
/// <param name="Beta1">Adam and AdamW only: decay of the first moment, 0 up to below 1, default 0.9.</param>
/// <param name="Beta2">Adam and AdamW: decay of the second moment, 0 up to below 1, default 0.999. RMSprop: decay of the mean square, default 0.9 there (see <see cref="Default"/>).</param>
/// <param name="Epsilon">Adam, AdamW and RMSprop: added to the root, above 0, default 1e-8 (RMSprop 1e-7).</param>
/// <param name="Nesterov">SGD with momentum only: Nesterov's look-ahead; default off.</param>
/// <param name="WeightDecay">
/// AdamW only: share of each parameter (biases too) that a step takes away, times the learning rate; 0 (default; 0.01 by <see cref="Default"/>) up to below 1 / learning rate.
/// </param>
/// <param name="ClipNorm">Where above 0, a gradient whose Euclidean norm over all parameters is larger is scaled down to this norm; default 0: never.</param>
public sealed record OptimizerConfiguration(
    OptimizerKind Kind,
    double LearningRate,
    double Momentum = 0,
    double Beta1 = 0.9,
    double Beta2 = 0.999,
    double Epsilon = 1e-8,
    bool Nesterov = false,
    double WeightDecay = 0,
    double ClipNorm = 0)
{
    /// <summary>The rule with the constants that its users expect.</summary>
    public static OptimizerConfiguration Default(OptimizerKind kind, double learningRate) => kind switch
    {
        OptimizerKind.RmsProp => new(kind, learningRate, Beta2: 0.9, Epsilon: 1e-7),
        OptimizerKind.AdamW => new(kind, learningRate, WeightDecay: 0.01),
        _ => new(kind, learningRate),
    };
}
