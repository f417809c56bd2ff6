namespace ApproxCluster.Search;

/// <summary>The volume that points dominate below a reference point. Smaller is better.</summary>
internal static class Hypervolume
{
    /// <summary>
    /// The volume: for two objectives a sweep along the first; for more by the points one after the other, each adding its own box less what the ones after it dominate of it
    /// (While, Bradstreet, Barone, "A fast way of calculating exact hypervolumes", IEEE TEC 16(1), 2012).
    /// </summary>
    public static double Of(IReadOnlyList<double[]> points, double[] reference)
    {
        var inside = points.Where(point => point.Zip(reference).All(pair => pair.First < pair.Second)).ToList();
        if (reference.Length == 2)
        {
            return Sweep(inside, reference);
        }

        var sum = 0.0;
        for (var index = 0; index < inside.Count; index++)
        {
            sum += Exclusive(inside[index], inside.Skip(index + 1), reference);
        }

        return sum;
    }

    /// <summary>What each point's removal would take away.</summary>
    public static IReadOnlyList<double> Contributions(IReadOnlyList<double[]> points, double[] reference) =>
        [.. points.Select((point, index) => Exclusive(point, points.Where((_, other) => other != index), reference))];

    /// <summary>
    /// Places of so many points that dominate much together: always the one next that adds most (Guerreiro, Fonseca and Paquete, Evolutionary Computation 24(3), 2016), of
    /// equal ones the first.
    /// </summary>
    public static IReadOnlyList<int> Subset(IReadOnlyList<double[]> points, double[] reference, int count)
    {
        var chosen = new List<int>();
        var bounds = points.Select(point => Exclusive(point, [], reference)).ToArray();
        while (chosen.Count < Math.Min(count, points.Count))
        {
            // What a point adds can only shrink as others are chosen, so a stale figure is a bound.
            var (best, most) = (-1, double.NegativeInfinity);
            for (var index = 0; index < points.Count; index++)
            {
                if (bounds[index] > most && !chosen.Contains(index))
                {
                    bounds[index] = Exclusive(points[index], chosen.Select(place => points[place]), reference);
                    (best, most) = bounds[index] > most ? (index, bounds[index]) : (best, most);
                }
            }

            chosen.Add(best);
        }

        return chosen;
    }

    /// <summary>What a point dominates that none of some others do.</summary>
    private static double Exclusive(double[] point, IEnumerable<double[]> others, double[] reference)
    {
        var box = 1.0;
        for (var index = 0; index < point.Length; index++)
        {
            box *= Math.Max(0, reference[index] - point[index]);
        }

        // The others, as far as they reach into the point's box.
        double[][] limited = [.. others.Select(other => point.Zip(other, Math.Max).ToArray())];
        return limited.Length == 0 || box == 0 ? box : Math.Max(0, box - Of(Best(limited), reference));
    }

    private static IReadOnlyList<double[]> Best(double[][] points) => [.. Fronts.Of(points, 1)[0].Select(index => points[index])];

    private static double Sweep(List<double[]> points, double[] reference)
    {
        points.Sort((one, other) => one[0] != other[0] ? one[0].CompareTo(other[0]) : one[1].CompareTo(other[1]));
        var (sum, height) = (0.0, reference[1]);
        foreach (var point in points)
        {
            if (point[1] < height)
            {
                sum += (reference[0] - point[0]) * (height - point[1]);
                height = point[1];
            }
        }

        return sum;
    }
}
