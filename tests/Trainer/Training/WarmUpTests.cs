namespace ApproxCluster.Trainer.Tests;

public class WarmUpTests
{
    [Theory]
    [InlineData(512, 128, 128, 32, 32)]
    [InlineData(37, 37, 37, 37, 23)]
    [InlineData(191, 191, 191, 191, 26)]
    [InlineData(700, 124, 1000, 136, 0)]
    public void StandIn_AnyWidths_LeavesTheSameRestsInASmallNetwork(int width, int small, int batch, int smallBatch, int smallTail)
    {
        var configuration = Problems.Configuration(TaskKind.Classification) with { HiddenWidths = [width, width], BatchSize = batch };
        var (made, shape) = WarmUp.StandIn(configuration, Problems.Data(TaskKind.Classification).Shape with { TrainingSamples = 60_000, ValidationSamples = 5_000 });
        Assert.Equal([small, small], made.HiddenWidths);
        Assert.Equal(smallBatch, made.BatchSize);
        Assert.Equal(width % 96, made.HiddenWidths[0] % 96);
        Assert.Equal((configuration.Activation, configuration.Optimizer, configuration.Loss), (made.Activation, made.Optimizer, made.Loss));
        Assert.Equal((smallBatch + smallTail, 72, 2), (shape.TrainingSamples, shape.ValidationSamples, shape.Outputs));
    }

    [Theory]
    [InlineData(EncodingKind.Fourier1d, 1024, 784)]
    [InlineData(EncodingKind.Fourier1d, 1024, 1)]
    [InlineData(EncodingKind.Taylor, 64, 784)]
    public void Run_LargeEncoding_TrainsASmallOne(EncodingKind kind, int order, int inputs)
    {
        var configuration = Problems.Configuration(TaskKind.Regression) with { Encoding = new EncodingConfiguration(kind, order), HiddenWidths = [2048, 2048, 2048, 2048] };
        var shape = Problems.Data(TaskKind.Regression).Shape with { Inputs = inputs };
        var (small, smallShape) = WarmUp.StandIn(configuration, shape);
        Assert.InRange(TrialCost.Parameters(small, smallShape), 1, 1_000_000);
        WarmUp.Run(configuration, shape);
        WarmUp.Run(configuration, shape);
    }

    [Fact]
    public void Begin_ConfigurationsThatCannotBeMade_HarmNothing() =>
        WarmUp.Begin(() => throw new InvalidOperationException("no such sweep"), Problems.Data(TaskKind.Regression).Shape);
}
