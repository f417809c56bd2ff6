namespace ApproxCluster.Search;

/// <summary>Reads <c>first</c>: points, or parts of them, that are tried before the sampler's own.</summary>
internal sealed class FirstReader(FaultList faults)
{
    private const int Tries = 4096;

    /// <summary>The points, with the choices that they imply.</summary>
    /// <param name="node">The node, or null.</param>
    /// <param name="space">A space without faults.</param>
    /// <param name="trials">Configurations to try; null when that is at fault or follows from the points.</param>
    public IReadOnlyList<Assignment> Read(YamlNode? node, SearchSpace space, long? trials)
    {
        if (node is null)
        {
            return [];
        }

        if (node is not YamlList { Items.Count: > 0 } list)
        {
            faults.Add(node, "first", $"first is {Scalars.Describe(node)}, but must be a list of points. Write 'first: [{{width: 64, learning_rate: 0.01}}]'.");
            return [];
        }

        if (list.Items.Count > trials)
        {
            faults.Add(node, "first", FormattableString.Invariant($"first has {list.Items.Count} points, but must have at most trials, which is {trials}. Raise trials, or delete some."));
        }

        var reader = new PointReader(space, faults);
        var points = new List<Assignment>();
        for (var index = 0; index < list.Items.Count; index++)
        {
            var path = FormattableString.Invariant($"first[{index}]");
            if (reader.Read(list.Items[index], path, "A point") is { } given && Check(list.Items[index], path, given, space) is { } point)
            {
                points.Add(point);
            }
        }

        return points;
    }

    private Assignment? Check(YamlNode node, string path, Assignment given, SearchSpace space)
    {
        var point = PartialPoint.Complete(space, given);
        if (PartialPoint.Contradiction(space, point) is { } missing)
        {
            var at = ((YamlMap)node).Find(missing)?.Key ?? node;
            faults.Add(at, FaultList.Join(path, missing), $"{missing} is given, but must be left out: it does not exist under the other values given. Delete it, or change the choice.");
            return null;
        }

        var unfolded = Overrides.Unfold(space);
        var draws = new SaltedDraws(space, 0, "check");
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (space.Allows(SpaceWalk.Assign(unfolded, parameter => point[parameter.Path] ?? draws.Value(parameter, 0, attempt))))
            {
                return point;
            }
        }

        faults.Add(node, path, "A point breaks the rules of the space (where, forbid), but must keep them. Change it, or the rules.");
        return null;
    }
}
