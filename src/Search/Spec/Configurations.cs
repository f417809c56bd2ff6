using System.Globalization;
using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>Turns points of the search space into what the trainer takes.</summary>
public static class Configurations
{
    /// <summary>
    /// The trial configuration of an assignment; parameters that neither the space nor the file names take their documented defaults. The loss
    /// follows from the task.
    /// </summary>
    public static TrialConfiguration Create(Assignment assignment, TargetShape shape, int epochs)
    {
        var values = new Values(assignment);
        return new TrialConfiguration
        {
            Encoding = Encoding(values),
            HiddenWidths = Widths(values),
            Activation = Activation(values),
            Loss = shape.Task switch
            {
                TaskKind.Classification => LossKind.SoftmaxCrossEntropy,
                TaskKind.BinaryClassification => LossKind.BinaryCrossEntropy,
                _ => LossKind.MeanSquaredError,
            },
            Optimizer = Optimizer(values) with { ClipNorm = values.Number("clip_norm") },
            Schedule = values.Word("schedule") == "step"
                ? new ScheduleConfiguration(ScheduleKind.Step, values.Number("schedule.step.factor"), (int)values.Whole("schedule.step.every"))
                : new ScheduleConfiguration(),
            BatchSize = (int)values.InForce("batch_size").Whole,
            Epochs = epochs,
        };
    }

    private static EncodingConfiguration Encoding(Values values)
    {
        var scaler = values.Word("scaler") switch
        {
            "none" => ScalerKind.None,
            "symmetric" => ScalerKind.Symmetric,
            "unit" => ScalerKind.Unit,
            "zscore" => ScalerKind.ZScore,
            "pi" => ScalerKind.Pi,
            "byte" => ScalerKind.Byte,
            _ => ScalerKind.Auto,
        };
        return values.Word("encoding") switch
        {
            "taylor" => new(EncodingKind.Taylor, (int)values.Whole("encoding.taylor.order"), scaler),
            "fourier1d" => new(EncodingKind.Fourier1d, (int)values.Whole("encoding.fourier1d.order"), scaler),
            _ => new(EncodingKind.Identity, 0, scaler),
        };
    }

    private static int[] Widths(Values values)
    {
        var uniform = values.Own("width") ?? values.Own("depth");
        if ((values.Own("widths") ?? (uniform is null ? values.Given("widths") : null)) is { } widths)
        {
            return widths.Word.Length == 0
                ? []
                : [.. widths.Word.Split(',').Select(width => int.Parse(width, NumberStyles.None, CultureInfo.InvariantCulture))];
        }

        return [.. Enumerable.Repeat((int)values.InForce("width").Whole, (int)values.InForce("depth").Whole)];
    }

    private static ActivationConfiguration Activation(Values values) => values.Word("activation") switch
    {
        "linear" => new(ActivationKind.Linear),
        "leaky_relu" => new(ActivationKind.LeakyRelu, Slope: values.Number("activation.leaky_relu.slope")),
        "tanh" => new(ActivationKind.Tanh),
        "sigmoid" => new(ActivationKind.Sigmoid),
        "sine" => new(ActivationKind.Sine, Frequency: values.Number("activation.sine.frequency")),
        _ => new(ActivationKind.Relu),
    };

    private static OptimizerConfiguration Optimizer(Values values)
    {
        var rate = values.InForce("learning_rate").Number;
        return values.Word("optimizer") switch
        {
            "sgd" => new(OptimizerKind.Sgd, rate, Momentum: values.Number("optimizer.sgd.momentum")),
            "nesterov" => new(OptimizerKind.Sgd, rate, Momentum: values.Number("optimizer.nesterov.momentum"), Nesterov: true),
            "adamw" => Moments(OptimizerKind.AdamW, "adamw") with { WeightDecay = values.Number("optimizer.adamw.weight_decay") },
            "rmsprop" => new(
                OptimizerKind.RmsProp, rate, Beta2: values.Number("optimizer.rmsprop.decay"), Epsilon: values.Number("optimizer.rmsprop.epsilon")),
            _ => Moments(OptimizerKind.Adam, "adam"),
        };

        OptimizerConfiguration Moments(OptimizerKind kind, string word) => new(
            kind,
            rate,
            Beta1: values.Number($"optimizer.{word}.beta1"),
            Beta2: values.Number($"optimizer.{word}.beta2"),
            Epsilon: values.Number($"optimizer.{word}.epsilon"));
    }

    /// <summary>The assignment with the documented defaults behind it.</summary>
    private readonly struct Values(Assignment assignment)
    {
        public ParameterValue? Given(string path) => assignment[path];

        public string Word(string path) => Get(path).Word;

        public long Whole(string path) => Get(path).Whole;

        public double Number(string path) => Get(path).Number;

        /// <summary>What a choice states for itself, or else what is stated outside.</summary>
        public ParameterValue InForce(string name) => Own(name) ?? Get(name);

        /// <summary>What a choice states for itself; at most one does.</summary>
        public ParameterValue? Own(string name)
        {
            foreach (var choice in KnownParameters.All.Where(known => known.Variants.Count > 0))
            {
                if (assignment[$"{choice.Name}.{Word(choice.Name)}.{name}"] is { } value)
                {
                    return value;
                }
            }

            return null;
        }

        private ParameterValue Get(string path) =>
            assignment[path] ?? KnownParameters.Default(path) ?? throw new ArgumentException($"Parameter {path} is missing, but must have a value.");
    }
}
