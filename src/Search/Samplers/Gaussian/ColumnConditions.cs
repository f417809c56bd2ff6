namespace ApproxCluster.Search;

/// <summary>Under which choices a column's parameter exists.</summary>
internal static class ColumnConditions
{
    /// <summary>
    /// For each column the ways in which its parameter may exist, each a list of columns with the choices that they must have; no ways where it always exists.
    /// </summary>
    public static (int Column, int Choice)[][][] Of(SearchSpace space, SpaceColumns columns)
    {
        var places = columns.Columns.ToDictionary(column => column.Path, column => column.Index, StringComparer.Ordinal);
        var found = columns.Columns.Select(_ => new List<(int Column, int Choice)[]>()).ToArray();
        Visit(Overrides.Unfold(space).Parameters, []);
        return [.. found.Select(ways => ways.Exists(way => way.Length == 0) ? [] : ways.ToArray())];

        void Visit(IReadOnlyList<Parameter> parameters, (int Column, int Choice)[] under)
        {
            foreach (var (path, domain) in parameters)
            {
                var isColumn = places.TryGetValue(path, out var place);
                if (isColumn)
                {
                    found[place].Add(under);
                }

                if (domain is ChoiceDomain choices)
                {
                    for (var choice = 0; choice < choices.Choices.Count; choice++)
                    {
                        Visit(choices.Choices[choice].Parameters, isColumn ? [.. under, (place, choice)] : under);
                    }
                }
            }
        }
    }
}
