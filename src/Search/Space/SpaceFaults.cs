namespace ApproxCluster.Search;

/// <summary>What is wrong with a space that was put together in code; the reader of sweep files has its own words.</summary>
internal static class SpaceFaults
{
    /// <summary>Every fault: the path, the value, the rule and what to do.</summary>
    public static IReadOnlyList<string> Of(SearchSpace space)
    {
        var faults = new List<string>();
        Check(space.Parameters, [], faults);
        var domains = new Dictionary<string, Domain>(StringComparer.Ordinal);
        foreach (var (path, domain) in faults.Count == 0 ? SpaceWalk.Every(space.Parameters) : [])
        {
            if (domains.TryAdd(path, domain) || DomainValues.Rule(domains[path]) == DomainValues.Rule(domain))
            {
                continue;
            }

            faults.Add($"{path}: It is {DomainValues.Rule(domain)} under one choice and {DomainValues.Rule(domains[path])} under another, but must be the same under both. Rename one of the two.");
        }

        return faults;
    }

    // Beyond it, neighbouring whole numbers are the same double.
    private const long WholeLimit = 1L << 53;

    private static void Check(IReadOnlyList<Parameter> parameters, HashSet<string> above, List<string> faults)
    {
        // A path may come again under another value of a choice, but not beside itself or below.
        var paths = new HashSet<string>(above, StringComparer.Ordinal);
        foreach (var (path, domain) in parameters)
        {
            if (path.Length == 0 || !paths.Add(path))
            {
                faults.Add($"Path is '{path}', but must be a name of its own. Rename the parameter.");
            }

            if (Fault(domain) is { } fault)
            {
                faults.Add($"{path}: {fault}");
            }

            foreach (var choice in domain is ChoiceDomain choices ? choices.Choices : [])
            {
                Check(choice.Parameters, paths, faults);
            }
        }
    }

    private static string? Fault(Domain? domain) => domain switch
    {
        null => "Domain is null, but must be given. Give a range or choices.",
        IntDomain { Low: var low, High: var high } when low < -WholeLimit || high > WholeLimit =>
            FormattableString.Invariant($"Range is {low} to {high}, but must be within {-WholeLimit} to {WholeLimit}. Narrow it."),
        IntDomain { Low: var low, High: var high } when low > high => FormattableString.Invariant($"Low is {low}, but must be at most High, which is {high}. Exchange them."),
        IntDomain { Log: true, Low: < 1 and var low } => FormattableString.Invariant($"Low is {low}, but must be at least 1 in the logarithm. Raise it, or leave Log out."),
        IntDomain { Step: < 1 and var step } => FormattableString.Invariant($"Step is {step}, but must be at least 1. Raise it."),
        IntDomain { Log: true, Step: > 1 and var step } => FormattableString.Invariant($"Step is {step}, but must be 1 in the logarithm. Leave one of the two out."),
        FloatDomain { Low: var low, High: var high } when !double.IsFinite(low) || !double.IsFinite(high) || low > high || !double.IsFinite(high - low) =>
            FormattableString.Invariant($"Range is {low} to {high}, but must be two finite numbers in order. Change it."),
        FloatDomain { Log: true, Low: <= 0 and var low } => FormattableString.Invariant($"Low is {low}, but must be above 0 in the logarithm. Raise it, or leave Log out."),
        FloatDomain { Step: { } step } when !double.IsFinite(step) || step <= 0 => FormattableString.Invariant($"Step is {step}, but must be above 0. Raise it, or leave it out."),
        FloatDomain { Low: var low, High: var high, Step: { } step } when (high - low) / step > UnitMapping.MaximumCount =>
            FormattableString.Invariant($"Step is {step}, but must be at least {(high - low) / UnitMapping.MaximumCount}, a thousand-millionth of the range. Raise it, or leave it out."),
        FloatDomain { Log: true, Step: { } step } => FormattableString.Invariant($"Step is {step}, but must be left out in the logarithm. Leave one of the two out."),
        ChoiceDomain { Choices.Count: 0 } => "Choices are none, but must be at least one. Add some.",
        ChoiceDomain { Choices: var choices } when choices.FirstOrDefault(choice => !IsValue(choice.Value)) is { } choice => $"A choice is {Show(choice.Value)}, but must be a word or a finite number. Change it.",
        FixedDomain { Value: var value } when !IsValue(value) => $"Value is {Show(value)}, but must be a word or a finite number. Change it.",
        ChoiceDomain { Choices: var choices } when choices.Select(choice => choice.Value).Distinct().Count() < choices.Count =>
            $"Choices are {string.Join(", ", choices.Select(choice => choice.Value))}, but must be different from each other. Delete the doubles.",
        _ => null,
    };

    private static bool IsValue(ParameterValue value) => value.Kind is ParameterValueKind.Word or ParameterValueKind.Whole || (value.Kind == ParameterValueKind.Real && double.IsFinite(value.Number));

    private static string Show(ParameterValue value) => value.Kind == ParameterValueKind.None ? "none" : value.ToString();
}
