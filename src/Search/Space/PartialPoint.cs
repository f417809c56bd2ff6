namespace ApproxCluster.Search;

/// <summary>Points of which some values are given.</summary>
internal static class PartialPoint
{
    /// <summary>
    /// The given values with those of the choices that they hang on, where only one value of a choice brings them: <c>optimizer.sgd.momentum</c> means <c>optimizer: sgd</c>.
    /// </summary>
    public static Assignment Complete(SearchSpace space, Assignment given)
    {
        var values = given.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        Visit(Overrides.Unfold(space).Parameters);
        return new Assignment(values);

        void Visit(IReadOnlyList<Parameter> parameters)
        {
            foreach (var (path, domain) in parameters)
            {
                if (domain is not ChoiceDomain choices)
                {
                    continue;
                }

                if (!values.ContainsKey(path) && choices.Choices.Where(choice => Has(choice.Parameters)).Take(2).ToList() is [var only])
                {
                    values.Add(path, only.Value);
                }

                foreach (var choice in choices.Choices.Where(choice => !values.TryGetValue(path, out var value) || value == choice.Value))
                {
                    Visit(choice.Parameters);
                }
            }
        }

        bool Has(IReadOnlyList<Parameter> parameters) => parameters.Any(parameter =>
            given[parameter.Path] is not null || (parameter.Domain is ChoiceDomain choices && choices.Choices.Any(choice => Has(choice.Parameters))));
    }

    /// <summary>The first given path that does not exist under the given choices, or null.</summary>
    public static string? Contradiction(SearchSpace space, Assignment given)
    {
        var reachable = new HashSet<string>(StringComparer.Ordinal);
        Visit(Overrides.Unfold(space).Parameters);
        return given.Select(pair => pair.Key).FirstOrDefault(path => !reachable.Contains(path));

        void Visit(IReadOnlyList<Parameter> parameters)
        {
            foreach (var (path, domain) in parameters)
            {
                reachable.Add(path);
                if (domain is ChoiceDomain choices)
                {
                    foreach (var choice in choices.Choices.Where(choice => given[path] is not { } value || value == choice.Value))
                    {
                        Visit(choice.Parameters);
                    }
                }
            }
        }
    }
}
