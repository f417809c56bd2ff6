namespace ApproxCluster.Search;

/// <summary>Points of a user's, or parts of them, checked against a space.</summary>
internal static class GivenPoint
{
    /// <summary>The point in the space's own spelling, with the choices that its nested parameters imply.</summary>
    /// <param name="space">The space.</param>
    /// <param name="point">Values of some or all of its parameters.</param>
    /// <exception cref="ArgumentException">A path or a value is none of the space's, or a rule is broken: the message has every fault.</exception>
    public static Assignment Check(SearchSpace space, Assignment point)
    {
        ArgumentNullException.ThrowIfNull(point);
        var domains = SpaceWalk.All(space).ToDictionary(parameter => parameter.Path, parameter => parameter.Domain, StringComparer.Ordinal);
        var faults = point.Select(pair => Fault(domains, pair.Key, pair.Value)).OfType<string>().ToList();
        ThrowIfAny(faults);
        var whole = PartialPoint.Complete(space, new(point.Select(pair => KeyValuePair.Create(pair.Key, DomainValues.Find(domains[pair.Key], pair.Value)!.Value))));
        if (PartialPoint.Contradiction(space, whole) is { } missing)
        {
            faults.Add($"{missing} is given, but must be left out: it does not exist under the other values given. Leave it out, or change the choice.");
        }
        else
        {
            faults.AddRange(space.Constraints.Where(rule => Breaks(rule, space, whole)).Select(rule => $"The point is {whole}, but must keep the rule {rule}. Change it, or the rule."));
        }

        ThrowIfAny(faults);
        return whole;
    }

    /// <summary>A rule of the user's own code is only asked about whole points; the others know what to say to a part.</summary>
    private static bool Breaks(Constraint rule, SearchSpace space, Assignment point) =>
        (rule is WhereConstraint or ForbidConstraint || DomainValues.Fit(space, point) is not null) && !rule.Allows(point);

    private static string? Fault(Dictionary<string, Domain> domains, string path, ParameterValue value)
    {
        if (!domains.TryGetValue(path, out var domain))
        {
            return $"Parameter is '{path}', but must be one that the space has. {(Spelling.Nearest(path, domains.Keys) is { } near ? $"Did you mean '{near}'?" : $"It has {string.Join(", ", domains.Keys)}.")}";
        }

        return DomainValues.Find(domain, value) is null ? $"{path} is {value}, but must be {DomainValues.Rule(domain)}. Change it, or widen the space." : null;
    }

    private static void ThrowIfAny(List<string> faults) => SettingFaults.ThrowIfAny(faults, "parameters");
}
