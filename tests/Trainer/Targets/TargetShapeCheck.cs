namespace ApproxCluster.Trainer.Tests;

/// <summary>What must hold for the splits of any target.</summary>
internal static class TargetShapeCheck
{
    /// <summary>Asserts that the loaded splits are what the shape says.</summary>
    public static void Agrees(ITarget target)
    {
        var (shape, data) = (target.Shape, target.Load());
        Assert.Same(data, target.Load());
        Assert.Equal(shape, data.Shape);
        Assert.Equal(shape.Task == TaskKind.Regression, shape.Metric != MetricKind.Accuracy);
        One(shape, data.Training, shape.TrainingSamples);
        One(shape, data.Validation, shape.ValidationSamples);
        One(shape, target.LoadTest(), shape.TestSamples);
    }

    private static void One(TargetShape shape, Samples samples, int count)
    {
        Assert.Equal(count, samples.Count);
        Assert.Equal(shape.Inputs, samples.Inputs);
        Assert.All(samples.X, value => Assert.True(float.IsFinite(value)));
        if (shape.Task == TaskKind.Regression)
        {
            Assert.Equal(count * shape.Outputs, samples.Values!.Length);
            var (low, high) = shape.Metric == MetricKind.Psnr ? (0f, 1f) : (float.MinValue, float.MaxValue);
            Assert.All(samples.Values, value => Assert.InRange(value, low, high));
        }
        else
        {
            Assert.Equal(shape.Task == TaskKind.BinaryClassification, shape.Outputs == 1);
            Assert.All(samples.Labels!, label => Assert.InRange(label, 0, Math.Max(2, shape.Outputs) - 1));
        }
    }
}
