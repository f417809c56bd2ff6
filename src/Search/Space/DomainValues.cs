namespace ApproxCluster.Search;

/// <summary>Tells whether values, and whole points, belong to a space.</summary>
internal static class DomainValues
{
    // Steps away from a step that still count as on it, as in the count of steps.
    private const double StepTolerance = 1e-6;

    /// <summary>The domain's own spelling of a value (a step exactly, a whole number as a whole number), or null when it is none of its values.</summary>
    public static ParameterValue? Find(Domain domain, ParameterValue value)
    {
        switch (domain)
        {
            case FixedDomain known:
                return IsSame(known.Value, value) ? known.Value : null;
            case ChoiceDomain choices:
                foreach (var choice in choices.Choices)
                {
                    if (IsSame(choice.Value, value))
                    {
                        return choice.Value;
                    }
                }

                return null;
            case IntDomain whole when value.Kind != ParameterValueKind.Word && Math.Floor(value.Number) == value.Number && Math.Abs(value.Number) <= 1L << 53:
                var number = value.Kind == ParameterValueKind.Whole ? value.Whole : (long)value.Number;
                return number >= whole.Low && number <= whole.High && (number - whole.Low) % whole.Step == 0 ? ParameterValue.Of(number) : null;
            case FloatDomain { Step: { } step } real when value.Kind != ParameterValueKind.Word:
                var index = Math.Round((value.Number - real.Low) / step);
                return index >= 0 && index < UnitMapping.Count(real) && Math.Abs((value.Number - real.Low) / step - index) <= StepTolerance
                    ? ParameterValue.Of(UnitMapping.At(real, (long)index))
                    : null;
            case FloatDomain real when value.Kind != ParameterValueKind.Word:
                return value.Number >= real.Low && value.Number <= real.High ? ParameterValue.Of(value.Number) : null;
            default:
                return null;
        }
    }

    /// <summary>A point in the space's own spelling, or null when it has other parameters, or values, than the space.</summary>
    public static Assignment? Fit(SearchSpace space, Assignment point)
    {
        var fits = true;
        var fitted = SpaceWalk.Assign(Overrides.Unfold(space), parameter =>
        {
            var value = point[parameter.Path] is { } given ? Find(parameter.Domain, given) : null;
            fits &= value is not null;
            return value ?? UnitMapping.Value(parameter.Domain, 0);
        });
        return fits && fitted.Count == point.Count ? fitted : null;
    }

    /// <summary>What values a domain has, to complete "must be".</summary>
    public static string Rule(Domain domain) => domain switch
    {
        FixedDomain known => $"{known.Value}, as it is fixed here",
        ChoiceDomain choices => $"one of {string.Join(", ", choices.Choices.Select(choice => choice.Value))}",
        IntDomain whole => FormattableString.Invariant($"a whole number from {whole.Low} to {whole.High}{(whole.Step == 1 ? "" : $" in steps of {whole.Step}")}"),
        FloatDomain real => FormattableString.Invariant($"a number from {real.Low} to {real.High}{(real.Step is { } step ? $" in steps of {step}" : "")}"),
        _ => "a value of its domain",
    };

    private static bool IsSame(ParameterValue own, ParameterValue value) =>
        own == value || (own.Kind != ParameterValueKind.Word && value.Kind != ParameterValueKind.Word && own.Number == value.Number);
}
