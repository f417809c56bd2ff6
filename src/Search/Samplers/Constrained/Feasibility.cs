namespace ApproxCluster.Search;

/// <summary>Looks, before anything runs, whether a space's rules leave enough of it.</summary>
internal static class Feasibility
{
    private const int Draws = 4096;
    private const int Least = 4;

    /// <summary>The fault of rules that leave less than about one point in a thousand, without name and advice; null when there is none.</summary>
    public static string? Fault(SearchSpace space)
    {
        if (space.Constraints.Count == 0)
        {
            return null;
        }

        var sampler = new RandomSampler(space, 0);
        var kept = 0;
        for (var number = 0; number < Draws && kept < Least; number++)
        {
            kept += space.Allows(sampler.Suggest(number, [])!) ? 1 : 0;
        }

        return kept >= Least ? null : FormattableString.Invariant($"{kept} of {Draws} random points, but must leave at least {Least}");
    }
}
