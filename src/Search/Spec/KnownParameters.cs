using static ApproxCluster.Search.Known;

namespace ApproxCluster.Search;

/// <summary>The parameters of a trial: what <c>space</c> may hold.</summary>
internal static class KnownParameters
{
    private static readonly KnownParameter Width = Count("width", "Neurons of every hidden layer.", 1, 16384, 64);

    private static readonly KnownParameter Depth = Count("depth", "Hidden layers; 0 makes a linear model.", 0, 64, 2);

    private static readonly KnownParameter Widths =
        new("widths", ParameterValueKind.Word, "Neurons of each hidden layer, first to last, instead of width and depth.") { IsList = true, Minimum = 1, Maximum = 16384 };

    private static readonly KnownParameter LearningRate = Number("learning_rate", "Step size.", 0, 100, 0.001, above: true);

    private static readonly KnownParameter BatchSize = Count("batch_size", "Samples of one step.", 1, 65536, 32);

    private static IReadOnlyList<KnownParameter> Moments { get; } =
    [
        Number("beta1", "Decay of the first moment.", 0, 1, 0.9, below: true),
        Number("beta2", "Decay of the second moment.", 0, 1, 0.999, below: true),
        Number("epsilon", "Added to the root.", 0, 1, 1e-8, above: true),
    ];

    /// <summary>What every choice may state for itself; it stands above the outer one of the same name.</summary>
    public static IReadOnlyList<KnownParameter> Own { get; } =
    [
        .. new[] { Width, Depth, Widths, LearningRate, BatchSize }
            .Select(known => known with { Default = null, Summary = $"{known.Summary} Under this choice only: stands above the outer {known.Name}." }),
    ];

    /// <summary>All, in the order of the reference.</summary>
    public static IReadOnlyList<KnownParameter> All { get; } =
    [
        Choices(
            "encoding",
            "How the inputs become the features that the first layer sees.",
            "identity",
            new("identity", "The scaled inputs themselves: d features."),
            new("taylor", "Powers x, x^2 ... x^order of each input: d*order features.", Count("order", "Highest power.", 1, 64, 3)),
            new(
                "fourier1d",
                "Each input with sin(nx) and cos(nx), n = 1..order: d*(2*order+1) features.",
                Count("order", "Highest frequency.", 1, 1024, 4))),
        Choices(
            "scaler",
            "Linear map of the inputs before the encoding, fitted on the training split.",
            "auto",
            new("auto", "pi for fourier1d, otherwise what the target prefers."),
            new("none", "Inputs as they are."),
            new("symmetric", "Smallest and largest value to [-1, 1]."),
            new("unit", "Smallest and largest value to [0, 1]."),
            new("zscore", "Mean 0, standard deviation 1."),
            new("pi", "Smallest and largest value to [-pi, pi]."),
            new("byte", "Divided by 255.")),
        Width,
        Depth,
        Widths,
        Choices(
            "activation",
            "Activation of the hidden layers; the output layer is linear.",
            "relu",
            new("linear", "z, the sum of the inputs itself."),
            new("relu", "max(0, z)."),
            new("leaky_relu", "max(0, z) + slope*min(0, z).", Number("slope", "Slope below 0.", 0, 1, 0.01)),
            new("tanh", "tanh z."),
            new("sigmoid", "1/(1+e^-z)."),
            new("sine", "sin(frequency*z), initialized as in SIREN.", Number("frequency", "Factor of the sum of the inputs: w0 of SIREN.", 0, 1000, 30, above: true))),
        Choices(
            "optimizer",
            "The update rule.",
            "adam",
            new("sgd", "Stochastic gradient descent.", Number("momentum", "Share of the last step that is kept.", 0, 1, 0, below: true)),
            new(
                "nesterov",
                "Stochastic gradient descent that looks ahead along its momentum (Sutskever et al. 2013).",
                Number("momentum", "Share of the last step that is kept.", 0, 1, 0.9, below: true)),
            new("adam", "Adam (Kingma and Ba 2015).", Moments),
            new(
                "adamw",
                "Adam with decoupled weight decay (Loshchilov and Hutter 2019).",
                [.. Moments, Number("weight_decay", "Share of each parameter that a step takes away, times the learning rate.", 0, 1, 0.01)]),
            new(
                "rmsprop",
                "RMSprop (Hinton 2012).",
                Number("decay", "Decay of the mean square.", 0, 1, 0.9, below: true),
                Number("epsilon", "Added to the root.", 0, 1, 1e-7, above: true))),
        LearningRate,
        Choices(
            "schedule",
            "How the learning rate changes over epochs.",
            "constant",
            new("constant", "It stays."),
            new(
                "step",
                "Multiplied by a factor every so many epochs.",
                Number("factor", "Multiplier.", 0, 1, 0.5, above: true, below: true),
                Count("every", "Epochs between two changes.", 1, 1_000_000, 10))),
        BatchSize,
        Number("clip_norm", "Largest Euclidean norm of the gradient over all parameters; a longer one is scaled down to it. 0: any.", 0, 1e9, 0) with { IsOptional = true },
    ];

    /// <summary>The parameter of the space with a name, or null.</summary>
    public static KnownParameter? Find(string name) => All.FirstOrDefault(known => known.Name == name);

    /// <summary>The default at a dotted path, or null.</summary>
    public static ParameterValue? Default(string path) => path.Split('.') switch
    {
        [var name] => Find(name)?.Default,
        [var name, var variant, var nested] =>
            Find(name)?.Find(variant)?.Parameters.FirstOrDefault(known => known.Name == nested)?.Default,
        _ => null,
    };

    /// <summary>A choice each of whose words may state what <see cref="Own"/> lists.</summary>
    private static KnownParameter Choices(string name, string summary, string otherwise, params IReadOnlyList<Variant> variants) => Choice(
        name, summary, otherwise, [.. variants.Select(variant => variant with { Parameters = [.. variant.Parameters, .. Own] })]);
}
