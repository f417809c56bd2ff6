using ApproxCluster.Search;

namespace ApproxCluster.Client.Rendering;

/// <summary>The parameters that a sweep searches, in the order of its file, with names short enough for a column.</summary>
internal static class SearchedParameters
{
    /// <summary>Paths of the parameters that can take more than one value.</summary>
    public static IReadOnlyList<string> Paths(SearchSpace space) => [.. space.Searched().Select(parameter => parameter.Path)];

    /// <summary>Paths whose values differ among some points.</summary>
    public static IReadOnlyList<string> Varying(SearchSpace space, IReadOnlyCollection<Assignment> points) =>
        points.Count < 2 ? Paths(space) : [.. Paths(space).Where(path => points.Select(point => point[path]).Distinct().Count() > 1)];

    /// <summary>The shortest endings of paths that tell them apart.</summary>
    public static IReadOnlyDictionary<string, string> Names(IReadOnlyList<string> paths)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            var parts = path.Split('.');
            var length = 1;
            while (length < parts.Length && paths.Any(other => other != path && EndsWith(other, parts, length)))
            {
                length++;
            }

            names[path] = string.Join('.', parts[^length..]);
        }

        return names;
    }

    /// <summary>The searched part of a point: name=value, in the order of the file.</summary>
    public static string Describe(Assignment point, IReadOnlyList<string> paths)
    {
        var names = Names(paths);
        var parts = paths.Where(path => point[path] is not null).Select(path => $"{names[path]}={Numbers.Short(point[path]!.Value)}");
        return string.Join(", ", parts);
    }

    private static bool EndsWith(string path, string[] parts, int length)
    {
        var others = path.Split('.');
        return others.Length >= length && others.AsSpan(others.Length - length).SequenceEqual(parts.AsSpan(parts.Length - length));
    }
}
