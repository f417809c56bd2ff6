using ApproxCluster.Search;

namespace ApproxCluster.Bench.Search;

/// <summary>The ten parameters of mixed8, all of them always there: what the recorded overheads of other systems were measured with.</summary>
internal static class OverheadSpace
{
    /// <summary>The parameters' names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Space().Parameters.Select(parameter => parameter.Path)];

    /// <summary>The space.</summary>
    public static SearchSpace Space() => new(
    [
        new("lr", new FloatDomain(1e-5, 1, Log: true)),
        new("wd", new FloatDomain(1e-7, 1e-1, Log: true)),
        new("layers", new IntDomain(1, 6)),
        new("units", new IntDomain(8, 1024, Log: true)),
        new("dropout", new FloatDomain(0, 0.8)),
        new("batch", new IntDomain(16, 512, Step: 16)),
        new("optimizer", Words("sgd", "momentum", "adam")),
        new("activation", Words("relu", "tanh", "sigmoid")),
        new("momentum", new FloatDomain(0, 0.99)),
        new("omb2", new FloatDomain(1e-4, 1e-1, Log: true)),
    ]);

    private static ChoiceDomain Words(params string[] words) => new([.. words.Select(word => new Choice(ParameterValue.Of(word), []))]);
}
