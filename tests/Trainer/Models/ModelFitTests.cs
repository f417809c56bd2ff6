namespace ApproxCluster.Trainer.Tests;

public sealed class ModelFitTests
{
    [Theory]
    [InlineData(TaskKind.Regression)]
    [InlineData(TaskKind.Classification)]
    [InlineData(TaskKind.BinaryClassification)]
    public void Fit_EveryTask_EqualsTheTrainingRunBitForBit(TaskKind task)
    {
        var data = Problems.Data(task);
        var configuration = Problems.Configuration(task);
        using var run = TrainingRun.Start(configuration, data with { Scaler = ScalerKind.ZScore }, 9);
        while (run.EpochsDone < configuration.Epochs)
        {
            run.TrainEpoch(CancellationToken.None);
        }

        using var model = Model.Fit(configuration, data.Training, new FitOptions { Seed = 9, Classes = task == TaskKind.Classification ? 2 : 0 });

        var x = ModelProblems.Inputs(100, 3);
        var expected = new float[100 * data.Shape.Outputs];
        run.Predict(x, expected);
        Assert.Equal(expected, model.Predict(x));
    }

    [Fact]
    public void Fit_Validation_KeepsTheBestEpoch()
    {
        var data = Problems.Data(TaskKind.Regression);
        var configuration = Problems.Configuration(TaskKind.Regression) with { Epochs = 60, Optimizer = OptimizerConfiguration.Default(OptimizerKind.Sgd, 0.6) };
        var losses = new List<double>();
        var options = new FitOptions { Validation = data.Validation, OnEpoch = report => losses.Add(report.ValidationLoss) };

        using var best = Model.Fit(configuration, data.Training, options);
        var bestEpoch = losses.IndexOf(losses.Min()) + 1;
        Assert.InRange(bestEpoch, 1, 59);
        using var stopped = Model.Fit(configuration with { Epochs = bestEpoch }, data.Training, options with { KeepBest = false });
        using var last = Model.Fit(configuration, data.Training, options with { KeepBest = false });

        Assert.Equal(stopped.Predict(data.Validation.X), best.Predict(data.Validation.X));
        Assert.NotEqual(last.Predict(data.Validation.X), best.Predict(data.Validation.X));
    }

    [Fact]
    public void Fit_Spans_EqualsFitOfSamples()
    {
        var data = Problems.Data(TaskKind.Regression).Training;
        var configuration = Problems.Configuration(TaskKind.Regression);

        using var samples = Model.Fit(configuration, data);
        using var spans = Model.Fit(configuration, data.X.AsSpan(), 3, data.Values!.AsSpan(), 2);

        Assert.Equal(samples.Predict(data.X), spans.Predict(data.X));
    }

    [Fact]
    public void Fit_Diverges_SaysSo()
    {
        var configuration = Problems.Configuration(TaskKind.Regression) with
        {
            Activation = new ActivationConfiguration(ActivationKind.Linear),
            Optimizer = OptimizerConfiguration.Default(OptimizerKind.Sgd, 1e9),
            Epochs = 100,
        };

        var fault = Assert.Throws<ArithmeticException>(() => Model.Fit(configuration, Problems.Data(TaskKind.Regression).Training));

        Assert.Contains("Lower the learning rate, 1000000000", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_Cancelled_Stops()
    {
        using var cancellation = new CancellationTokenSource();
        var options = new FitOptions { OnEpoch = _ => cancellation.Cancel(), CancellationToken = cancellation.Token };

        Assert.Throws<OperationCanceledException>(() => Model.Fit(Problems.Configuration(TaskKind.Regression), Problems.Data(TaskKind.Regression).Training, options));
    }

    [Fact]
    public void PredictLabels_Classifiers_AreTheLargestProbability()
    {
        using var many = ModelProblems.Fit(TaskKind.Classification, outputs: 4);
        using var two = ModelProblems.Fit(TaskKind.BinaryClassification);
        var x = ModelProblems.Inputs(200, 3);

        Assert.Equal(many.Predict(x).Chunk(4).Select(row => Array.IndexOf(row, row.Max())), many.PredictLabels(x));
        Assert.Equal(two.Predict(x).Select(p => p > 0.5f ? 1 : 0), two.PredictLabels(x));
        Assert.Equal(2, two.PredictLabels(x).Distinct().Count());
    }

    [Fact]
    public void Predict_ManyThreads_GiveTheSame()
    {
        using var model = ModelProblems.Fit(TaskKind.Regression);
        var x = ModelProblems.Inputs(500, 3);
        var expected = model.Predict(x);

        Parallel.For(0, 32, _ => Assert.Equal(expected, model.Predict(x)));
    }

    [Fact]
    public void Predict_EveryWidth_GivesTheSameBits()
    {
        var data = Problems.Data(TaskKind.Regression);
        var configuration = Problems.Configuration(TaskKind.Regression) with { Encoding = new EncodingConfiguration(EncodingKind.Fourier1d, 5) };
        using var expected = Model.Fit(configuration, data.Training, null, KernelSet.Available()[^1]);
        foreach (var kernels in KernelSet.Available())
        {
            using var model = new Model(expected.Definition, expected.Scaler, expected.Layers, kernels);
            Assert.Equal(expected.Predict(data.Validation.X), model.Predict(data.Validation.X));
        }
    }

    [Fact]
    public void Predict_MoreOutputsThanAnArrayHolds_IsRefused()
    {
        var configuration = Problems.Configuration(TaskKind.Classification) with { HiddenWidths = [], Encoding = new EncodingConfiguration(EncodingKind.Identity), Epochs = 1 };
        using var model = Model.Fit(configuration, [1f, 2], 1, [0, 1], new FitOptions { Classes = 1 << 20 });

        var fault = Assert.Throws<ArgumentException>(() => model.Predict(new float[4096]));

        Assert.StartsWith("x has 4096 rows, but must have at most 2047 for 1048576 outputs. Predict in parts.", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ScalerKind.ZScore)]
    [InlineData(ScalerKind.Unit)]
    public void Fit_InputThatHardlyVaries_CountsAsConstant(ScalerKind scaler)
    {
        var configuration = Problems.Configuration(TaskKind.Regression) with { Encoding = new EncodingConfiguration(EncodingKind.Identity, 0, scaler) };
        using var model = Model.Fit(configuration, [1e-40f, 2e-40f, 3e-40f], 1, [1f, 2, 3], 1);

        Assert.Equal(0, model.InputScale.Span[0]);
        Assert.True(float.IsFinite(model.Predict([1e-40f])[0]));
    }

    [Fact]
    public void Predict_WrongLengths_AreRefused()
    {
        using var model = ModelProblems.Fit(TaskKind.Regression);

        Assert.Throws<ArgumentException>(() => model.Predict(new float[4]));
        Assert.Throws<ArgumentException>(() => model.Predict(new float[6], new float[3]));
        Assert.Empty(model.Predict([]));
    }
}
