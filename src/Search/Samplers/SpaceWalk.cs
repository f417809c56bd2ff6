namespace ApproxCluster.Search;

/// <summary>Goes through the parameters of a space as trials see it, parents before what hangs on their choices.</summary>
internal static class SpaceWalk
{
    /// <summary>The assignment made of the values that a function gives to each parameter that exists under the choices so far.</summary>
    /// <param name="unfolded">A space that <see cref="Overrides.Unfold"/> made.</param>
    /// <param name="value">Chooses a parameter's value.</param>
    public static Assignment Assign(SearchSpace unfolded, Func<Parameter, ParameterValue> value)
    {
        var values = new List<KeyValuePair<string, ParameterValue>>();
        Visit(unfolded.Parameters);
        return new Assignment(values);

        void Visit(IReadOnlyList<Parameter> parameters)
        {
            foreach (var parameter in parameters)
            {
                var chosen = value(parameter);
                values.Add(new(parameter.Path, chosen));
                if (parameter.Domain is ChoiceDomain choices)
                {
                    Visit(choices.Choices.First(choice => choice.Value == chosen).Parameters);
                }
            }
        }
    }

    /// <summary>Every parameter that can exist, each once.</summary>
    public static IEnumerable<Parameter> All(SearchSpace space) => Every(Overrides.Unfold(space).Parameters).DistinctBy(parameter => parameter.Path);

    /// <summary>Every parameter that can exist and has more than one value.</summary>
    public static IEnumerable<Parameter> Searched(SearchSpace space) => All(space).Where(parameter => IsSearched(parameter.Domain));

    /// <summary>Every parameter of a list and below, as often as it is stated.</summary>
    public static IEnumerable<Parameter> Every(IReadOnlyList<Parameter> parameters)
    {
        foreach (var parameter in parameters)
        {
            yield return parameter;
            if (parameter.Domain is not ChoiceDomain choices)
            {
                continue;
            }

            foreach (var nested in choices.Choices.SelectMany(choice => Every(choice.Parameters)))
            {
                yield return nested;
            }
        }
    }

    private static bool IsSearched(Domain domain) => domain switch
    {
        FixedDomain => false,
        ChoiceDomain choices => choices.Choices.Count > 1,
        IntDomain whole => whole.Low < whole.High,
        FloatDomain real => real.Low < real.High,
        _ => true,
    };
}
