namespace ApproxCluster.Trainer.Tests;

/// <summary>What <see cref="Model.Fit(TrialConfiguration, Samples, FitOptions?)"/> refuses, and in which words.</summary>
public sealed class ModelFitFaultTests
{
    private static readonly float[] X = [1, 2, 3, 4, 5, 6];

    [Fact]
    public void Fit_Faults_AreToldTogether()
    {
        var configuration = Problems.Configuration(TaskKind.Regression) with { HiddenWidths = [3, 0], Epochs = 0 };

        var fault = Assert.Throws<ArgumentException>(() => Model.Fit(configuration, [1, float.NaN], 1, [1f, 2], 1));

        Assert.Equal(
            "HiddenWidths[1] is 0, but must be 1 to 1048576. Change it. Epochs is 0, but must be 1 to 2147483647. Change it. "
            + "Input of training sample 1 is NaN, but must be finite. Correct it or leave the sample out.",
            fault.Message);
    }

    [Theory]
    [InlineData(new[] { 0, 1, -1 }, 0)]
    [InlineData(new[] { 0, 1, 3 }, 3)]
    public void Fit_LabelOutOfRange_IsRefused(int[] labels, int classes)
    {
        var configuration = Problems.Configuration(TaskKind.Classification);

        var fault = Assert.Throws<ArgumentException>(() => Model.Fit(configuration, [1f, 2, 3], 1, labels, new FitOptions { Classes = classes }));

        Assert.Contains(FormattableString.Invariant($"Label of training sample 2 is {labels[2]}, but must be 0 to "), fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_FaultsOfTraining_AreToldTogether()
    {
        var configuration = Configuration(LossKind.MeanSquaredError) with
        {
            Epochs = -1,
            BatchSize = 0,
            Schedule = new ScheduleConfiguration(ScheduleKind.Step, Factor: 7),
            Optimizer = new OptimizerConfiguration(OptimizerKind.Adam, double.NaN, Beta1: 1),
        };

        Assert.Equal(
            "Epochs is -1, but must be 1 to 2147483647. Change it. Schedule.Factor is 7, but must be above 0 and below 1. Change it. "
            + "Batch size is 0, but must be at least 1. Raise it. Learning rate is NaN, but must be above 0. Raise it. Beta1 is 1, but must be at least 0 and below 1. Change it.",
            Fault(configuration, new Samples(2, X, 1, [1, 2, 3])));
    }

    [Fact]
    public void Fit_UnknownKinds_AreRefused()
    {
        var configuration = Configuration(LossKind.MeanSquaredError) with
        {
            Encoding = new EncodingConfiguration((EncodingKind)7, 0, (ScalerKind)77),
            Activation = new ActivationConfiguration((ActivationKind)70),
            Optimizer = new OptimizerConfiguration((OptimizerKind)71, 0.1),
            Schedule = new ScheduleConfiguration((ScheduleKind)72),
        };

        Assert.Equal(
            "Encoding is 7, but must be one of Identity, Taylor, Fourier1d. Change it. Scaler is 77, but must be one of Auto, None, Symmetric, Unit, ZScore, Pi, Byte. Change it. "
            + "Activation is 70, but must be one of Linear, Relu, LeakyRelu, Tanh, Sigmoid, Sine. Change it. "
            + "Optimizer is 71, but must be one of Sgd, Adam, RmsProp, AdamW. Change it. Schedule is 72, but must be one of Constant, Step. Change it.",
            Fault(configuration, new Samples(2, X, 1, [1, 2, 3])));
    }

    [Fact]
    public void Fit_ColumnsOfAnotherShape_AreRefusedBeforeAnythingIsTrained()
    {
        var options = new FitOptions
        {
            OnEpoch = _ => Assert.Fail("An epoch was trained."),
            Columns = new ModelColumns { Inputs = ["a"], Outputs = ["b"], OutputScale = [float.NaN] },
        };

        Assert.Equal(
            "Names of inputs are 1, but must be 2. Give as many. OutputScale has NaN, but must be finite. Correct it.",
            Fault(Configuration(LossKind.MeanSquaredError), new Samples(2, X, 1, [1, 2, 3]), options));
    }

    [Theory]
    [InlineData(LossKind.SoftmaxCrossEntropy, 1, "0 or at least 2")]
    [InlineData(LossKind.SoftmaxCrossEntropy, -1, "0 or at least 2")]
    [InlineData(LossKind.BinaryCrossEntropy, 3, "0 or 2 for two classes")]
    public void Fit_ClassesThatTheLossCannotHave_AreRefused(LossKind loss, int classes, string rule) => Assert.StartsWith(
        FormattableString.Invariant($"Classes are {classes}, but must be {rule}."),
        Fault(Configuration(loss), new Samples(2, X, [0, 0, 0]), new FitOptions { Classes = classes }),
        StringComparison.Ordinal);

    [Fact]
    public void Fit_LabelBeyondTheLimit_IsToldAsOne() => Assert.Equal(
        "Label of training sample 2 is 2147483647, but must be 0 to 1048575. Correct it, or give the number of classes.",
        Fault(Configuration(LossKind.SoftmaxCrossEntropy) with { HiddenWidths = [] }, new Samples(2, X, [0, 1, int.MaxValue])));

    [Fact]
    public void Fit_SamplesOfAnotherTask_SaysWhatTheLossNeeds()
    {
        Assert.Equal(
            "The training samples have labels, but must have values for a mean squared error. Give values, or change the loss.",
            Fault(Configuration(LossKind.MeanSquaredError), new Samples(2, X, [0, 1, 1])));
        Assert.Equal(
            "The training samples have values, but must have labels for a cross-entropy. Give labels, or change the loss.",
            Fault(Configuration(LossKind.BinaryCrossEntropy), new Samples(2, X, 1, [0, 1, 1])));
        Assert.Equal(
            "The validation samples have 2 values each, but must have 1, as those that are trained on. Give as many.",
            Fault(Configuration(LossKind.MeanSquaredError), new Samples(2, X, 1, [0, 1, 1]), new FitOptions { Validation = new Samples(2, X, 2, X) }));
    }

    [Fact]
    public void Fit_LengthsThatDoNotFit_NamesTheArgumentAndBothNumbers()
    {
        var configuration = Configuration(LossKind.MeanSquaredError);

        Refused("y has 4 numbers, but must have 3: 1 for each of the 3 samples in x. Check the lengths. (Parameter 'y')", () => Model.Fit(configuration, X, 2, [1f, 2, 3, 4], 1));
        Refused("labels has 4 numbers, but must have 3: 1 for each of the 3 samples in x. Check the lengths. (Parameter 'labels')", () => Model.Fit(configuration, X, 2, [1, 2, 3, 4]));
        Refused("x has 6 numbers, but must have a multiple of 4, the inputs of a sample. Pass whole rows. (Parameter 'x')", () => Model.Fit(configuration, X, 4, [1f], 1));
        Refused("inputs is 0, but must be at least 1, the numbers of a sample in x. Correct it. (Parameter 'inputs')", () => Model.Fit(configuration, X, 0, [1f], 1));
        Refused("outputs is 0, but must be at least 1, the values of a sample. Correct it. (Parameter 'outputs')", () => Model.Fit(configuration, X, 2, [1f], 0));
        Assert.Throws<ArgumentNullException>("configuration", () => Model.Fit(null!, new Samples(2, X, [1, 2, 3])));
        Assert.Throws<ArgumentNullException>("training", () => Model.Fit(configuration, null!));
        Assert.Throws<ArgumentNullException>("x", () => new Samples(2, null!, [1, 2, 3]));

        static void Refused(string message, Func<Model> fit) => Assert.Equal(message, Assert.ThrowsAny<ArgumentException>(fit).Message);
    }

    private static TrialConfiguration Configuration(LossKind loss) => Problems.Configuration(TaskKind.Regression) with { Loss = loss };

    private static string Fault(TrialConfiguration configuration, Samples samples, FitOptions? options = null) =>
        Assert.Throws<ArgumentException>(() => Model.Fit(configuration, samples, options)).Message;
}
