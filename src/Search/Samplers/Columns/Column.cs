using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>A searched parameter as models see it: a number in [0, 1], or the index of a choice.</summary>
internal sealed class Column
{
    private readonly double start;
    private readonly double end;

    public Column(int index, Parameter parameter)
    {
        (Index, Path, Domain) = (index, parameter.Path, parameter.Domain);
        (Count, IsLog, start, end) = Domain switch
        {
            ChoiceDomain choices => (choices.Choices.Count, false, 0, 0),
            IntDomain { Log: true } whole => (whole.High - whole.Low + 1, true, PortableMath.Log(whole.Low), PortableMath.Log(whole.High + 1.0)),
            IntDomain whole => (UnitMapping.Count(whole), false, 0, 0),
            FloatDomain { Step: not null } real => (UnitMapping.Count(real), false, 0, 0),
            FloatDomain { Log: true } real => ((long?)null, true, PortableMath.Log(real.Low), PortableMath.Log(real.High)),
            FloatDomain real => (null, false, real.Low, real.High),
            _ => throw new ArgumentException($"Domain of {parameter.Path} is {Domain.GetType().Name}, but must be a searched one.", nameof(parameter)),
        };
    }

    /// <summary>Place among the columns.</summary>
    public int Index { get; }

    /// <summary>The parameter's path.</summary>
    public string Path { get; }

    /// <summary>Its values.</summary>
    public Domain Domain { get; }

    /// <summary>Whether its values have no order: they are encoded as 0, 1, 2 ...</summary>
    public bool IsCategorical => Domain is ChoiceDomain;

    /// <summary>Whether its numbers are spread over the logarithm.</summary>
    public bool IsLog { get; }

    /// <summary>Number of values; null for a continuous range.</summary>
    public long? Count { get; }

    /// <summary>
    /// The number that stands for a value: a choice's index; for a number its place in [0, 1] (in the logarithm where the range is in it), the middle of its cell where
    /// the range has steps. Numbers outside of the range are clipped; NaN for a value of another kind, as a changed space may leave behind.
    /// </summary>
    public double Encode(ParameterValue value) => Domain switch
    {
        ChoiceDomain choices => IndexOf(choices, value),
        _ when value.Kind == ParameterValueKind.Word => double.NaN,
        IntDomain { Log: true } => Place(PortableMath.Log(value.Number + 0.5)),
        IntDomain whole => Math.Clamp((Cell(value.Number - whole.Low, whole.Step) + 0.5) / Count!.Value, 0, 1),
        FloatDomain { Step: { } step } real => Math.Clamp((Cell(value.Number - real.Low, step) + 0.5) / Count!.Value, 0, 1),
        _ => Place(IsLog ? PortableMath.Log(value.Number) : value.Number),
    };

    /// <summary>The value that a number stands for; numbers outside of the range are clipped.</summary>
    public ParameterValue Decode(double number) => Domain is ChoiceDomain choices
        ? choices.Choices[(int)Math.Clamp(number, 0, choices.Choices.Count - 1)].Value
        : UnitMapping.Value(Domain, Math.Clamp(number, 0, 1));

    /// <summary>The number nearest to another one that stands for a value exactly: the middle of its cell, where there are cells.</summary>
    public double Snap(double number)
    {
        number = Math.Clamp(number, 0, IsCategorical ? Count!.Value - 1 : 1);
        return Count is null ? number : Encode(Decode(number));
    }

    /// <summary>The numbers between neighbouring values, rising; none where values are continuous or too many (above 1,000) for their gaps to matter.</summary>
    public double[] Thresholds() => Domain switch
    {
        _ when Count is null or > 1000 || IsCategorical => [],
        IntDomain { Log: true } whole => [.. Enumerable.Range(1, (int)Count!.Value - 1).Select(step => Place(PortableMath.Log(whole.Low + step)))],
        _ => [.. Enumerable.Range(1, (int)Count!.Value - 1).Select(step => (double)step / Count.Value)],
    };

    private static double IndexOf(ChoiceDomain choices, ParameterValue value)
    {
        for (var index = 0; index < choices.Choices.Count; index++)
        {
            if (choices.Choices[index].Value == value)
            {
                return index;
            }
        }

        return double.NaN;
    }

    private static double Cell(double distance, double step) => Math.Round(distance / step);

    private double Place(double at) => end > start ? Math.Clamp((at - start) / (end - start), 0, 1) : 0.5;
}
