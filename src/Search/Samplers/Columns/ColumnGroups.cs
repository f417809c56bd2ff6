namespace ApproxCluster.Search;

/// <summary>Which columns exist in the same points.</summary>
internal static class ColumnGroups
{
    /// <summary>
    /// The columns of a space, divided into those that exist under exactly the same choices; within a group and among the groups (by their first column) in their order. The
    /// first group is that of the unconditional ones, if there are any.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<Column>> Of(SearchSpace space, SpaceColumns columns)
    {
        var conditions = new Dictionary<string, string>(StringComparer.Ordinal);
        Visit(Overrides.Unfold(space).Parameters, "");
        return [.. columns.Columns.GroupBy(column => conditions[column.Path], StringComparer.Ordinal)
            .OrderBy(group => group.Key.Length > 1)
            .ThenBy(group => group.First().Index)
            .Select(group => (IReadOnlyList<Column>)[.. group])];

        void Visit(IReadOnlyList<Parameter> parameters, string condition)
        {
            foreach (var parameter in parameters)
            {
                conditions[parameter.Path] = conditions.GetValueOrDefault(parameter.Path, "") + condition + "\n";
                if (parameter.Domain is ChoiceDomain { Choices: var choices })
                {
                    for (var index = 0; index < choices.Count; index++)
                    {
                        Visit(choices[index].Parameters, choices.Count == 1 ? condition : FormattableString.Invariant($"{condition}/{parameter.Path}={index}"));
                    }
                }
            }
        }
    }
}
