namespace ApproxCluster.Search;

/// <summary>
/// What choices state for themselves stands above what is stated outside: under <c>{fourier1d: {widths: [64]}}</c> no outer widths, width or depth
/// exists.
/// </summary>
internal static class Overrides
{
    /// <summary>
    /// The space as trials see it: an outer parameter that some values of a choice state for themselves hangs, under its own path, on the values that
    /// do not. Every path exists at most once in a point.
    /// </summary>
    public static SearchSpace Unfold(SearchSpace space)
    {
        if (space.IsFree)
        {
            return space;
        }

        var moved = space.Parameters
            .Where(outer => KnownParameters.Own.Any(own => own.Name == outer.Path))
            .Select(outer => (Outer: outer, Owner: space.Parameters.FirstOrDefault(choice => Values(choice).Any(value => Replaces(value, outer)))))
            .Where(pair => pair.Owner is not null)
            .ToLookup(pair => pair.Owner!, pair => pair.Outer);
        return moved.Count == 0
            ? space
            : space with { Parameters = [.. space.Parameters.Except(moved.SelectMany(outers => outers)).Select(parameter => Extend(parameter, [.. moved[parameter]]))] };
    }

    /// <summary>Whether two parameters cannot both be in force: the same one twice, or both forms of stating the hidden layers.</summary>
    public static bool Exclude(string name, string other) =>
        name == other || (name == "widths" && other is "width" or "depth") || (other == "widths" && name is "width" or "depth");

    private static Parameter Extend(Parameter parameter, IReadOnlyList<Parameter> outers) => outers.Count == 0
        ? parameter
        : parameter with
        {
            Domain = (ChoiceDomain)parameter.Domain with
            {
                Choices = [.. Values(parameter).Select(value => value with { Parameters = [.. value.Parameters, .. outers.Where(outer => !Replaces(value, outer))] })],
            },
        };

    private static IReadOnlyList<Choice> Values(Parameter parameter) => parameter.Domain is ChoiceDomain choices ? choices.Choices : [];

    private static bool Replaces(Choice value, Parameter outer) =>
        value.Parameters.Any(own => Exclude(own.Path[(own.Path.LastIndexOf('.') + 1)..], outer.Path));
}
