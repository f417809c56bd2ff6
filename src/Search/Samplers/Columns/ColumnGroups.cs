namespace ApproxCluster.Search;

/// <summary>Which columns exist in the same points.</summary>
internal static class ColumnGroups
{
    private const string Always = "\n";

    /// <summary>
    /// The columns of a space, divided into those that exist under exactly the same choices; within a group and among the groups (by their first column) in their order. The
    /// first group is that of the unconditional ones, if there are any.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<Column>> Of(SearchSpace space, SpaceColumns columns)
    {
        var conditions = Conditions(space);
        return [.. columns.Columns.GroupBy(column => conditions[column.Path], StringComparer.Ordinal)
            .OrderBy(group => group.Key != Always)
            .ThenBy(group => group.First().Index)
            .Select(group => (IReadOnlyList<Column>)[.. group])];
    }

    /// <summary>The paths of the parameters that exist in every point.</summary>
    public static IEnumerable<string> Unconditional(SearchSpace space) => Conditions(space).Where(pair => pair.Value == Always).Select(pair => pair.Key);

    /// <summary>For each path under which choices it exists.</summary>
    private static Dictionary<string, string> Conditions(SearchSpace space)
    {
        var conditions = new Dictionary<string, string>(StringComparer.Ordinal);
        Visit(Overrides.Unfold(space).Parameters, "");
        return conditions;

        void Visit(IReadOnlyList<Parameter> parameters, string condition)
        {
            foreach (var parameter in parameters)
            {
                conditions[parameter.Path] = conditions.GetValueOrDefault(parameter.Path, "") + condition + Always;
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
