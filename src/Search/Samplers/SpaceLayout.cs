namespace ApproxCluster.Search;

/// <summary>
/// A space laid out for making many points: where each parameter's value goes among the paths in ordinal order, and what hangs on each choice. What
/// <see cref="SpaceWalk.Assign"/> makes, without looking anything up by path.
/// </summary>
internal sealed class SpaceLayout
{
    private readonly string[] paths;
    private readonly Node[] roots;

    public SpaceLayout(SearchSpace space)
    {
        var unfolded = Overrides.Unfold(space);
        paths = [.. SpaceWalk.All(space).Select(parameter => parameter.Path).Order(StringComparer.Ordinal)];
        var numbers = SpaceWalk.Searched(space).Select((parameter, number) => (parameter.Path, number)).ToDictionary(StringComparer.Ordinal);
        roots = Level(unfolded.Parameters, numbers);
    }

    /// <summary>The point whose parameters take the values that stand at places in [0, 1).</summary>
    /// <param name="unit">The place of a searched parameter by its number in <see cref="SpaceWalk.Searched"/>; asked for parents before what hangs on their choices.</param>
    public Assignment Assign(Func<int, double> unit)
    {
        var values = new ParameterValue[paths.Length];
        var count = Fill(roots, unit, values);
        return count == paths.Length ? new Assignment(paths, values) : Compact(values, count);
    }

    private static int Fill(Node[] nodes, Func<int, double> unit, ParameterValue[] values)
    {
        var count = nodes.Length;
        foreach (var node in nodes)
        {
            var place = node.Number < 0 ? 0 : unit(node.Number);
            values[node.Place] = node.Scale.Value(place);
            if (node.Nested is { } nested)
            {
                count += Fill(nested[UnitScale.Place(node.Choices!, place)], unit, values);
            }
        }

        return count;
    }

    private Assignment Compact(ParameterValue[] values, int count)
    {
        var (names, kept) = (new string[count], new ParameterValue[count]);
        var next = 0;
        for (var place = 0; place < paths.Length; place++)
        {
            if (values[place].Kind != ParameterValueKind.None)
            {
                (names[next], kept[next++]) = (paths[place], values[place]);
            }
        }

        return new Assignment(names, kept);
    }

    private Node[] Level(IReadOnlyList<Parameter> parameters, Dictionary<string, int> numbers) => [.. parameters.Select(parameter => new Node(
        Array.BinarySearch(paths, parameter.Path, StringComparer.Ordinal),
        numbers.GetValueOrDefault(parameter.Path, -1),
        new UnitScale(parameter.Domain),
        parameter.Domain as ChoiceDomain,
        parameter.Domain is ChoiceDomain choices && choices.Choices.Any(choice => choice.Parameters.Count > 0)
            ? [.. choices.Choices.Select(choice => Level(choice.Parameters, numbers))]
            : null))];

    private sealed record Node(int Place, int Number, UnitScale Scale, ChoiceDomain? Choices, Node[][]? Nested);
}
