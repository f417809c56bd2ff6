namespace ApproxCluster.Search.Tests;

/// <summary>Checks points against their space.</summary>
internal static class SpaceCheck
{
    /// <summary>Spaces with every form of domain, by name.</summary>
    public static IReadOnlyDictionary<string, string> Spaces { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["fixed"] = "{width: 3}",
        ["whole"] = "{width: {int: [3, 17]}}",
        ["whole step"] = "{width: {int: [3, 18], step: 4}}",
        ["whole log"] = "{width: {int: [1, 16384], log: true}}",
        ["one whole"] = "{width: {int: [7, 7]}, depth: {int: [1, 1], log: true}}",
        ["real step"] = "{learning_rate: {float: [0.1, 0.75], step: 0.1}}",
        ["choice"] = "{activation: {choice: [tanh, relu, sine]}}",
        ["nested"] = "{encoding: {choice: [identity, {taylor: {order: {int: [1, 3]}}}, {fourier1d: {order: {choice: [1, 8]}}}]}, width: {choice: [1, 2]}}",
        ["own"] = """
            {encoding: {choice: [identity: {widths: {choice: [[4], [5, 5]]}}, taylor: {order: {int: [1, 2]}}, fourier1d: {width: 9}]}, width: {choice: [1, 2]}, depth: {int: [1, 3]},
            optimizer: {choice: [adam, {sgd: {learning_rate: 0.1}}]}, learning_rate: {choice: [0.2, 0.3]}}
            """,
        ["lists"] = "{widths: {choice: [[], [4], [4, 4]]}}",
        ["real"] = "{learning_rate: {float: [0.25, 0.75]}}",
        ["real log"] = "{learning_rate: {float: [1e-5, 1], log: true}}",
        ["one real"] = "{learning_rate: {float: [0.3, 0.3], log: true}, optimizer: {adam: {epsilon: {float: [0.1, 0.1]}}}}",
        ["all"] = """
            {optimizer: {choice: [{adam: {learning_rate: {float: [1e-4, 1e-1], log: true}, beta1: {float: [0, 0.9], step: 0.3}}},
            {sgd: {momentum: {choice: [0, 0.9]}, learning_rate: {float: [1e-3, 1]}}}]}, batch_size: {int: [16, 512], log: true},
            activation: {choice: [relu, {sine: {frequency: {float: [1, 60], log: true}}}]}}
            """,
    };

    /// <summary>Asserts that a point has exactly the parameters that exist, each with one of its values.</summary>
    public static void IsInside(SearchSpace space, Assignment point)
    {
        var expected = new List<string>();
        Visit(space.Parameters.Where(outer => !IsOverridden(outer.Path, point)));
        Assert.Equal(expected.Order(StringComparer.Ordinal), point.Select(pair => pair.Key));

        void Visit(IEnumerable<Parameter> parameters)
        {
            foreach (var (path, domain) in parameters)
            {
                expected.Add(path);
                var value = Assert.NotNull(point[path]);
                Assert.True(Contains(domain, value), $"{path}={value} is outside {domain}");
                if (domain is ChoiceDomain choices)
                {
                    Visit(choices.Choices.First(choice => choice.Value == value).Parameters);
                }
            }
        }
    }

    /// <summary>Whether a choice that the point takes states the parameter, or the hidden layers in the other form, for itself.</summary>
    private static bool IsOverridden(string name, Assignment point)
    {
        string[] others = name switch { "width" or "depth" => [name, "widths"], "widths" => ["widths", "width", "depth"], _ => [name] };
        return point.Any(pair => pair.Key.Split('.') is [_, _, var own] && others.Contains(own));
    }

    private static bool Contains(Domain domain, ParameterValue value) => domain switch
    {
        FixedDomain known => known.Value == value,
        IntDomain whole => value.Whole >= whole.Low && value.Whole <= whole.High && (value.Whole - whole.Low) % whole.Step == 0,
        FloatDomain { Step: { } step } real =>
            value.Number >= real.Low && value.Number <= real.High && Math.Abs(Math.IEEERemainder(value.Number - real.Low, step)) < 1e-9,
        FloatDomain real => value.Kind == ParameterValueKind.Real && value.Number >= real.Low && value.Number <= real.High,
        ChoiceDomain choices => choices.Choices.Any(choice => choice.Value == value),
        _ => false,
    };
}
