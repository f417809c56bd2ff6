namespace ApproxCluster.Search;

/// <summary>How the importance of parameters is measured.</summary>
public enum ImportanceMethod
{
    /// <summary>What sets the best tenth apart (<see cref="PedAnova"/>): for "what makes configurations good?".</summary>
    PedAnova,

    /// <summary>Share of the variance over the whole space that a parameter explains alone (<see cref="Fanova"/>).</summary>
    Fanova,
}

/// <summary>The importance of a parameter.</summary>
/// <param name="Path">The parameter.</param>
/// <param name="Share">Its share, 0..1: PED-ANOVA's add up to 1; fANOVA's to at most about 1, the rest is interaction.</param>
/// <param name="Configurations">Configurations in which it exists.</param>
public sealed record ParameterImportance(string Path, double Share, int Configurations)
{
    /// <summary>Fewest configurations that say anything.</summary>
    public const int MinimumConfigurations = 10;

    /// <summary>The parameters of a sweep, the most important first, ties in order of the file; empty with fewer than <see cref="MinimumConfigurations"/> results.</summary>
    public static IReadOnlyList<ParameterImportance> Of(SweepState state, ImportanceMethod method = ImportanceMethod.PedAnova) =>
        Of(ConfigurationTable.Of(state), method, state.Spec.Seed);

    internal static IReadOnlyList<ParameterImportance> Of(ConfigurationTable table, ImportanceMethod method, ulong seed)
    {
        if (table.Rows.Length < MinimumConfigurations)
        {
            return [];
        }

        var shares = method == ImportanceMethod.Fanova ? Fanova.Shares(table, seed) : PedAnova.Shares(table);
        return [.. table.Space.Columns
            .Select(column => new ParameterImportance(column.Path, shares[column.Index], table.Rows.Count(row => !double.IsNaN(row[column.Index]))))
            .OrderByDescending(parameter => parameter.Share)];
    }
}
