using ApproxCluster.Trainer;

namespace ApproxCluster.Search.Tests;

public sealed class ConfigurationsTests
{
    private static readonly TargetShape Shape = new(2, 1, TaskKind.Regression, MetricKind.Rmse, 100, 50, 50);

    [Fact]
    public void Create_NoParameters_TakesTheDocumentedDefaults()
    {
        var configuration = Configurations.Create(new([]), Shape, 7);

        Assert.Equal(new EncodingConfiguration(EncodingKind.Identity), configuration.Encoding);
        Assert.Equal([64, 64], configuration.HiddenWidths);
        Assert.Equal(new ActivationConfiguration(ActivationKind.Relu), configuration.Activation);
        Assert.Equal(OptimizerConfiguration.Default(OptimizerKind.Adam, 0.001), configuration.Optimizer);
        Assert.Equal(new ScheduleConfiguration(), configuration.Schedule);
        Assert.Equal(32, configuration.BatchSize);
        Assert.Equal(7, configuration.Epochs);
    }

    [Theory]
    [InlineData(TaskKind.Regression, LossKind.MeanSquaredError)]
    [InlineData(TaskKind.Classification, LossKind.SoftmaxCrossEntropy)]
    [InlineData(TaskKind.BinaryClassification, LossKind.BinaryCrossEntropy)]
    public void Create_Task_DecidesTheLoss(TaskKind task, LossKind loss) =>
        Assert.Equal(loss, Configurations.Create(new([]), Shape with { Task = task }, 1).Loss);

    [Theory]
    [InlineData("identity", EncodingKind.Identity, 0)]
    [InlineData("taylor", EncodingKind.Taylor, 3)]
    [InlineData("{taylor: {order: 12}}", EncodingKind.Taylor, 12)]
    [InlineData("fourier1d", EncodingKind.Fourier1d, 4)]
    [InlineData("{fourier1d: {order: 1024}}", EncodingKind.Fourier1d, 1024)]
    public void Create_Encoding_HasItsOrder(string encoding, EncodingKind kind, int order) =>
        Assert.Equal(new EncodingConfiguration(kind, order), Create($"encoding: {encoding}").Encoding);

    [Fact]
    public void Create_EveryScaler_IsKnown()
    {
        var scalers = KnownParameters.Find("scaler")!.Variants.Select(variant => Create($"scaler: {variant.Name}").Encoding.Scaler);

        Assert.Equal(Enum.GetValues<ScalerKind>(), scalers.Order());
    }

    [Fact]
    public void Create_EveryActivation_IsKnown()
    {
        var kinds = KnownParameters.Find("activation")!.Variants.Select(variant => Create($"activation: {variant.Name}").Activation.Kind);

        Assert.Equal(Enum.GetValues<ActivationKind>(), kinds.Order());
        Assert.Equal(new(ActivationKind.LeakyRelu, Slope: 0.2), Create("activation: {leaky_relu: {slope: 0.2}}").Activation);
        Assert.Equal(new(ActivationKind.Sine, Frequency: 6), Create("activation: {sine: {frequency: 6}}").Activation);
    }

    [Theory]
    [InlineData("sgd", OptimizerKind.Sgd)]
    [InlineData("adam", OptimizerKind.Adam)]
    [InlineData("adamw", OptimizerKind.AdamW)]
    [InlineData("rmsprop", OptimizerKind.RmsProp)]
    public void Create_BareOptimizer_HasTheTrainersDefaults(string word, OptimizerKind kind) =>
        Assert.Equal(OptimizerConfiguration.Default(kind, 0.001), Create($"optimizer: {word}").Optimizer);

    [Fact]
    public void Create_OptimizerConstants_ArePassedOn()
    {
        Assert.Equal(new(OptimizerKind.Sgd, 0.5, Momentum: 0.9), Create("optimizer: {sgd: {momentum: 0.9, learning_rate: 0.5}}").Optimizer);
        Assert.Equal(
            new(OptimizerKind.Adam, 0.001, Beta1: 0.8, Beta2: 0.99, Epsilon: 1e-3),
            Create("optimizer: {adam: {beta1: 0.8, beta2: 0.99, epsilon: 1e-3}}").Optimizer);
        Assert.Equal(
            new(OptimizerKind.RmsProp, 0.001, Beta2: 0.99, Epsilon: 1e-3), Create("optimizer: {rmsprop: {decay: 0.99, epsilon: 1e-3}}").Optimizer);
    }

    [Fact]
    public void Create_NesterovDecayAndClipping_ArePassedOn()
    {
        Assert.Equal(new(OptimizerKind.Sgd, 0.001, Momentum: 0.9, Nesterov: true), Create("optimizer: nesterov").Optimizer);
        Assert.Equal(
            new(OptimizerKind.AdamW, 0.001, Beta1: 0.8, WeightDecay: 0.1, ClipNorm: 5),
            Create("optimizer: {adamw: {beta1: 0.8, weight_decay: 0.1}}, clip_norm: 5").Optimizer);
    }

    [Theory]
    [InlineData("learning_rate: 0.1", 0.1)]
    [InlineData("learning_rate: 0.1, encoding: {identity: {learning_rate: 0.2}}", 0.2)]
    [InlineData("activation: {relu: {learning_rate: 0.3}}, learning_rate: 0.1", 0.3)]
    [InlineData("scaler: {unit: {learning_rate: 0.4}}", 0.4)]
    [InlineData("schedule: {step: {learning_rate: 0.5}}", 0.5)]
    [InlineData("optimizer: {sgd: {learning_rate: 0.6}}, learning_rate: 0.1", 0.6)]
    public void Create_NestedLearningRate_StandsAboveTheOuterOne(string space, double rate) => Assert.Equal(rate, Create(space).Optimizer.LearningRate);

    [Theory]
    [InlineData("width: 8, depth: 3", new[] { 8, 8, 8 })]
    [InlineData("depth: 0", new int[0])]
    [InlineData("widths: [9, 5]", new[] { 9, 5 })]
    [InlineData("widths: []", new int[0])]
    [InlineData("encoding: {choice: [identity: {widths: [7, 6]}]}", new[] { 7, 6 })]
    [InlineData("encoding: {choice: [identity: {widths: [7, 6]}]}, widths: [8]", new[] { 7, 6 })]
    [InlineData("encoding: {identity: {widths: []}}, width: 8, depth: 3", new int[0])]
    [InlineData("encoding: {identity: {width: 5}}, depth: 3", new[] { 5, 5, 5 })]
    [InlineData("encoding: {identity: {width: 5}}, activation: {relu: {depth: 1}}, width: 9, depth: 9", new[] { 5 })]
    [InlineData("encoding: {identity: {depth: 1, width: 5}}, widths: [8, 8]", new[] { 5 })]
    public void Create_Widths_AreOneForEachHiddenLayer(string space, int[] widths) => Assert.Equal(widths, Create(space).HiddenWidths);

    [Fact]
    public void Create_NestedBatchSize_StandsAboveTheOuterOne() =>
        Assert.Equal(4, Create("batch_size: 8, activation: {tanh: {batch_size: 4}}").BatchSize);

    [Fact]
    public void Create_StepSchedule_HasItsConstants() =>
        Assert.Equal(new(ScheduleKind.Step, 0.25, 4), Create("schedule: {step: {factor: 0.25, every: 4}}").Schedule);

    [Fact]
    public void Create_PointsOfRandomSpaces_AlwaysWork()
    {
        for (var seed = 0UL; seed < 100; seed++)
        {
            var spec = SweepFile.Parse(new RandomSweeps(seed).Next(), "random.yaml").Spec!;

            var configuration = Configurations.Create(SamplerFactory.Create(spec).Suggest(0, [])!, Shape, 1);

            Assert.True(TrialCost.Parameters(configuration, Shape) > 0);
        }
    }

    private static TrialConfiguration Create(string space) =>
        Configurations.Create(new RandomSampler(Read.Space($"{{{space}}}"), 0).Suggest(0, [])!, Shape, 1);
}
