namespace ApproxCluster.Search;

/// <summary>Points that are known, by hash.</summary>
internal sealed class KnownPoints
{
    private readonly HashSet<ulong> hashes = [];

    /// <summary>Takes the points of a set; null for none.</summary>
    public KnownPoints(PointSet? points)
    {
        if (points is null)
        {
            return;
        }

        var point = new double[points.Dimensions];
        for (var index = 0; index < points.Count; index++)
        {
            points.CopyTo(index, point);
            hashes.Add(Hash(point));
        }
    }

    /// <summary>Whether a point is one of them.</summary>
    public bool Contains(ReadOnlySpan<double> point) => hashes.Contains(Hash(point));

    private static ulong Hash(ReadOnlySpan<double> point)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var number in point)
        {
            hash = (hash ^ (ulong)BitConverter.DoubleToInt64Bits(number)) * 0x9E3779B97F4A7C15;
            hash ^= hash >> 29;
        }

        return hash;
    }
}
