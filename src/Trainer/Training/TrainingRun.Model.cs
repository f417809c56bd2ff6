namespace ApproxCluster.Trainer;

/// <content>The present weights as a model.</content>
public sealed unsafe partial class TrainingRun
{
    /// <summary>True when the weights are those at the end of <see cref="EpochsDone"/>: no batch of the next epoch was trained.</summary>
    public bool IsBetweenEpochs => position == 0;

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
