using ApproxCluster.Search;
using ApproxCluster.Trainer;

namespace ApproxCluster.Contracts.Wire;

[GenerateSerializer, Immutable, Alias("approx.wire.epoch_report")]
internal readonly record struct EpochReportWire(
    [property: Id(0)] int Epoch,
    [property: Id(1)] double TrainingLoss,
    [property: Id(2)] double ValidationLoss,
    [property: Id(3)] double TrainingMetric,
    [property: Id(4)] double ValidationMetric,
    [property: Id(5)] double LearningRate,
    [property: Id(6)] double[]? Figures);

[RegisterConverter]
internal sealed class EpochReportConverter : IConverter<EpochReport, EpochReportWire>
{
    public EpochReport ConvertFromSurrogate(in EpochReportWire wire) => new(
        wire.Epoch, wire.TrainingLoss, wire.ValidationLoss, wire.TrainingMetric, wire.ValidationMetric, wire.LearningRate)
    {
        Figures = wire.Figures,
    };

    public EpochReportWire ConvertToSurrogate(in EpochReport value) => new(
        value.Epoch, value.TrainingLoss, value.ValidationLoss, value.TrainingMetric, value.ValidationMetric, value.LearningRate, value.Figures is { } figures ? [.. figures] : null);
}

[GenerateSerializer, Immutable, Alias("approx.wire.test_score")]
internal readonly record struct TestScoreWire([property: Id(0)] double Loss, [property: Id(1)] double Metric);

[RegisterConverter]
internal sealed class TestScoreConverter : IConverter<TestScore, TestScoreWire>
{
    public TestScore ConvertFromSurrogate(in TestScoreWire wire) => new(wire.Loss, wire.Metric);

    public TestScoreWire ConvertToSurrogate(in TestScore value) => new(value.Loss, value.Metric);
}

[GenerateSerializer, Immutable, Alias("approx.wire.target_shape")]
internal readonly record struct TargetShapeWire(
    [property: Id(0)] int Inputs,
    [property: Id(1)] int Outputs,
    [property: Id(2)] TaskKind Task,
    [property: Id(3)] MetricKind Metric,
    [property: Id(4)] int TrainingSamples,
    [property: Id(5)] int ValidationSamples,
    [property: Id(6)] int TestSamples,
    [property: Id(7)] string Fingerprint);

[RegisterConverter]
internal sealed class TargetShapeConverter : IConverter<TargetShape, TargetShapeWire>
{
    public TargetShape ConvertFromSurrogate(in TargetShapeWire wire) => new(
        wire.Inputs, wire.Outputs, wire.Task, wire.Metric, wire.TrainingSamples, wire.ValidationSamples, wire.TestSamples, wire.Fingerprint);

    public TargetShapeWire ConvertToSurrogate(in TargetShape value) => new(
        value.Inputs, value.Outputs, value.Task, value.Metric, value.TrainingSamples, value.ValidationSamples, value.TestSamples, value.Fingerprint);
}

[GenerateSerializer, Immutable, Alias("approx.wire.parameter")]
internal readonly record struct ParameterWire(
    [property: Id(0)] string Path,
    [property: Id(1)] ParameterValueKind Kind,
    [property: Id(2)] long Whole,
    [property: Id(3)] double Real,
    [property: Id(4)] string? Word);

[GenerateSerializer, Immutable, Alias("approx.wire.assignment")]
internal readonly record struct AssignmentWire([property: Id(0)] ParameterWire[] Parameters);

[RegisterConverter]
internal sealed class AssignmentConverter : IConverter<Assignment, AssignmentWire>
{
    public Assignment ConvertFromSurrogate(in AssignmentWire wire) =>
        new(wire.Parameters.Select(parameter => KeyValuePair.Create(parameter.Path, Value(parameter))));

    public AssignmentWire ConvertToSurrogate(in Assignment value) => new([.. value.Select(pair => Wire(pair.Key, pair.Value))]);

    private static ParameterValue Value(ParameterWire wire) => wire.Kind switch
    {
        ParameterValueKind.Whole => ParameterValue.Of(wire.Whole),
        ParameterValueKind.Real => ParameterValue.Of(wire.Real),
        ParameterValueKind.Word => ParameterValue.Of(wire.Word ?? ""),
        _ => default,
    };

    private static ParameterWire Wire(string path, ParameterValue value) => value.Kind switch
    {
        ParameterValueKind.Whole => new(path, value.Kind, value.Whole, 0, null),
        ParameterValueKind.Real => new(path, value.Kind, 0, value.Number, null),
        ParameterValueKind.Word => new(path, value.Kind, 0, 0, value.Word),
        _ => new(path, value.Kind, 0, 0, null),
    };
}
