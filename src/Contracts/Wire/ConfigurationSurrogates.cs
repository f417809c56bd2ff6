using ApproxCluster.Trainer;

namespace ApproxCluster.Contracts.Wire;

[GenerateSerializer, Immutable, Alias("approx.wire.trial_configuration")]
internal readonly record struct TrialConfigurationWire(
    [property: Id(0)] EncodingConfiguration Encoding,
    [property: Id(1)] int[] HiddenWidths,
    [property: Id(2)] ActivationConfiguration Activation,
    [property: Id(3)] LossKind Loss,
    [property: Id(4)] OptimizerConfiguration Optimizer,
    [property: Id(5)] ScheduleConfiguration Schedule,
    [property: Id(6)] int BatchSize,
    [property: Id(7)] int Epochs,
    [property: Id(8)] Stretch[]? Earlier);

[RegisterConverter]
internal sealed class TrialConfigurationConverter : IConverter<TrialConfiguration, TrialConfigurationWire>
{
    public TrialConfiguration ConvertFromSurrogate(in TrialConfigurationWire wire) => new()
    {
        Encoding = wire.Encoding,
        HiddenWidths = wire.HiddenWidths,
        Activation = wire.Activation,
        Loss = wire.Loss,
        Optimizer = wire.Optimizer,
        Schedule = wire.Schedule,
        BatchSize = wire.BatchSize,
        Epochs = wire.Epochs,
        Earlier = wire.Earlier ?? [],
    };

    public TrialConfigurationWire ConvertToSurrogate(in TrialConfiguration value) => new(
        value.Encoding, [.. value.HiddenWidths], value.Activation, value.Loss, value.Optimizer, value.Schedule, value.BatchSize, value.Epochs, [.. value.Earlier]);
}

[GenerateSerializer, Immutable, Alias("approx.wire.stretch")]
internal readonly record struct StretchWire(
    [property: Id(0)] int ToEpoch,
    [property: Id(1)] OptimizerConfiguration Optimizer,
    [property: Id(2)] ScheduleConfiguration Schedule,
    [property: Id(3)] int BatchSize);

[RegisterConverter]
internal sealed class StretchConverter : IConverter<Stretch, StretchWire>
{
    public Stretch ConvertFromSurrogate(in StretchWire wire) => new(wire.ToEpoch, wire.Optimizer, wire.Schedule, wire.BatchSize);

    public StretchWire ConvertToSurrogate(in Stretch value) => new(value.ToEpoch, value.Optimizer, value.Schedule, value.BatchSize);
}

[GenerateSerializer, Immutable, Alias("approx.wire.encoding")]
internal readonly record struct EncodingWire([property: Id(0)] EncodingKind Kind, [property: Id(1)] int Order, [property: Id(2)] ScalerKind Scaler);

[RegisterConverter]
internal sealed class EncodingConverter : IConverter<EncodingConfiguration, EncodingWire>
{
    public EncodingConfiguration ConvertFromSurrogate(in EncodingWire wire) => new(wire.Kind, wire.Order, wire.Scaler);

    public EncodingWire ConvertToSurrogate(in EncodingConfiguration value) => new(value.Kind, value.Order, value.Scaler);
}

[GenerateSerializer, Immutable, Alias("approx.wire.activation")]
internal readonly record struct ActivationWire([property: Id(0)] ActivationKind Kind, [property: Id(1)] double Slope, [property: Id(2)] double Frequency);

[RegisterConverter]
internal sealed class ActivationConverter : IConverter<ActivationConfiguration, ActivationWire>
{
    public ActivationConfiguration ConvertFromSurrogate(in ActivationWire wire) => new(wire.Kind, wire.Slope, wire.Frequency);

    public ActivationWire ConvertToSurrogate(in ActivationConfiguration value) => new(value.Kind, value.Slope, value.Frequency);
}

[GenerateSerializer, Immutable, Alias("approx.wire.optimizer")]
internal readonly record struct OptimizerWire(
    [property: Id(0)] OptimizerKind Kind,
    [property: Id(1)] double LearningRate,
    [property: Id(2)] double Momentum,
    [property: Id(3)] double Beta1,
    [property: Id(4)] double Beta2,
    [property: Id(5)] double Epsilon,
    [property: Id(6)] bool Nesterov,
    [property: Id(7)] double WeightDecay,
    [property: Id(8)] double ClipNorm);

[RegisterConverter]
internal sealed class OptimizerConverter : IConverter<OptimizerConfiguration, OptimizerWire>
{
    public OptimizerConfiguration ConvertFromSurrogate(in OptimizerWire wire) =>
        new(wire.Kind, wire.LearningRate, wire.Momentum, wire.Beta1, wire.Beta2, wire.Epsilon, wire.Nesterov, wire.WeightDecay, wire.ClipNorm);

    public OptimizerWire ConvertToSurrogate(in OptimizerConfiguration value) =>
        new(value.Kind, value.LearningRate, value.Momentum, value.Beta1, value.Beta2, value.Epsilon, value.Nesterov, value.WeightDecay, value.ClipNorm);
}

[GenerateSerializer, Immutable, Alias("approx.wire.schedule")]
internal readonly record struct ScheduleWire([property: Id(0)] ScheduleKind Kind, [property: Id(1)] double Factor, [property: Id(2)] int Every);

[RegisterConverter]
internal sealed class ScheduleConverter : IConverter<ScheduleConfiguration, ScheduleWire>
{
    public ScheduleConfiguration ConvertFromSurrogate(in ScheduleWire wire) => new(wire.Kind, wire.Factor, wire.Every);

    public ScheduleWire ConvertToSurrogate(in ScheduleConfiguration value) => new(value.Kind, value.Factor, value.Every);
}
