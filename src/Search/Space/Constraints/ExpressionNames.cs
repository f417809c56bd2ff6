namespace ApproxCluster.Search;

/// <summary>The parameters that expressions may name.</summary>
/// <param name="domains">Values of each parameter by path.</param>
/// <param name="isComplete">False where the space has faults: then unknown names are let pass, since they may be its faults again.</param>
internal sealed class ExpressionNames(IReadOnlyDictionary<string, Domain> domains, bool isComplete = true)
{
    /// <summary>The names of a space.</summary>
    public static ExpressionNames Of(SearchSpace space, bool isComplete = true) =>
        new(SpaceWalk.All(space).ToDictionary(parameter => parameter.Path, parameter => parameter.Domain, StringComparer.Ordinal), isComplete);

    /// <summary>A parameter. Throws where there is none of that path.</summary>
    public ParameterExpression Parameter(Token name)
    {
        if (domains.TryGetValue(name.Text, out var domain))
        {
            return new(name.Text, KindOf(domain));
        }

        return isComplete ? throw new ExpressionException(name.Place, $"Parameter is '{Scalars.Shorten(name.Text)}', but must be one that this space has. {Advice(name.Text)}") : new(name.Text, ExpressionKind.Any);
    }

    /// <summary>Refuses a comparison of a parameter with a word that it never is.</summary>
    public void CheckWord(Expression left, Expression right, Token first, Token second)
    {
        var (parameter, word, at) = (left, right) switch
        {
            (ParameterExpression named, WordExpression given) => (named, given, second),
            (WordExpression given, ParameterExpression named) => (named, given, first),
            _ => default((ParameterExpression?, WordExpression?, Token)),
        };
        if (parameter is null || !domains.TryGetValue(parameter.Path, out var domain))
        {
            return;
        }

        var words = Values(domain).Select(value => value.ToString()).ToList();
        if (!words.Contains(word!.Value))
        {
            var advice = Spelling.Nearest(word.Value, words) is { } nearest ? $"Did you mean '{nearest}'?" : "Use one of them.";
            throw new ExpressionException(at.Place, $"Word is '{Scalars.Shorten(word.Value)}', but must be one of the values of {parameter.Path} here, {string.Join(", ", words)}. {advice}");
        }
    }

    private string Advice(string name)
    {
        if (Spelling.Nearest(name, domains.Keys) is { } nearest)
        {
            return $"Did you mean '{nearest}'?";
        }

        var longer = domains.Keys.Where(path => path.EndsWith("." + name, StringComparison.Ordinal)).ToList();
        return longer.Count > 0 ? $"Write its whole path: {string.Join(" or ", longer)}."
            : domains.Any(pair => Values(pair.Value).Any(value => value.Kind == ParameterValueKind.Word && value.Word == name)) ? $"Put words in quotes: '{name}'."
            : "'approx check' lists their paths; words stand in quotes.";
    }

    private static ExpressionKind KindOf(Domain domain) => Values(domain).Any(value => value.Kind == ParameterValueKind.Word) ? ExpressionKind.Word : ExpressionKind.Number;

    private static IEnumerable<ParameterValue> Values(Domain domain) => domain switch
    {
        FixedDomain known => [known.Value],
        ChoiceDomain choices => choices.Choices.Select(choice => choice.Value),
        _ => [],
    };
}
