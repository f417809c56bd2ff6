using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>Uniform draws of single parameters, each (configuration, try, path) with numbers of its own.</summary>
internal sealed class SaltedDraws
{
    private readonly Dictionary<string, ulong> keys;

    public SaltedDraws(SearchSpace space, ulong seed, string purpose) => keys = SpaceWalk.Searched(space).ToDictionary(
        parameter => parameter.Path, parameter => Seeds.Derive(seed, $"sampler.{purpose}.{parameter.Path}"), StringComparer.Ordinal);

    /// <summary>Whether a parameter has more than one value.</summary>
    public bool IsSearched(string path) => keys.ContainsKey(path);

    /// <summary>A number in [0, 1); 0 for a parameter with one value.</summary>
    public double Unit(string path, int configuration, int attempt) =>
        keys.TryGetValue(path, out var key) ? new Philox(key, ((ulong)attempt << 32) | (uint)configuration).NextDouble() : 0;

    /// <summary>A value.</summary>
    public ParameterValue Value(Parameter parameter, int configuration, int attempt) =>
        UnitMapping.Value(parameter.Domain, Unit(parameter.Path, configuration, attempt));
}
