namespace ApproxCluster.Trainer;

/// <content>The present weights as a model.</content>
public sealed unsafe partial class TrainingRun
{
    /// <summary>A model of the present weights, which goes on predicting what <see cref="Predict"/> does now, bit for bit.</summary>
    /// <param name="columns">Names and units; null for <see cref="ModelColumns.Default"/>.</param>
    public Model ToModel(ModelColumns? columns = null)
    {
        var shape = data.Shape;
        var definition = new ModelDefinition
        {
            Task = shape.Task,
            Inputs = shape.Inputs,
            Outputs = shape.Outputs,
            Encoding = configuration.Encoding,
            HiddenWidths = [.. configuration.HiddenWidths],
            Activation = configuration.Activation,
            Columns = columns ?? ModelColumns.Default(shape.Task, shape.Inputs, shape.Outputs),
        };
        return new Model(definition, Scaler.Fit(configuration.Encoding, data), ModelLayer.CopyFrom(network));
    }
}
