using static ApproxCluster.Search.Known;

namespace ApproxCluster.Search;

/// <summary>The settings of a sweep beside its target, space and objective, with their ranges and defaults.</summary>
internal static class SweepSettings
{
    /// <summary>How configurations are chosen.</summary>
    public static KnownParameter Sampler { get; } = Choice(
        "sampler",
        "How configurations are chosen.",
        "random",
        [.. SamplerKinds.All.Select(kind => kind.Variant)]);

    /// <summary>How hopeless trials are stopped.</summary>
    public static KnownParameter Pruner { get; } = Choice(
        "pruner",
        "How hopeless trials are stopped.",
        "none",
        new("none", "Every trial runs to its last epoch."),
        new(
            "asha",
            "Asynchronous successive halving (Li et al. 2020): one in reduction_factor trials goes on from each rung.",
            Count("min_epochs", "Epochs of the first rung; the next ones lie reduction_factor times as far each.", 1, 1_000_000, 1),
            Count("reduction_factor", "One in so many trials goes on.", 2, 1000, 3),
            Flag("promote", "false: a trial goes on at once or ends. true: it pauses at the rung until it is promoted.", false)));

    /// <summary>Configurations to try.</summary>
    public static KnownParameter Trials { get; } =
        Count("trials", "Configurations to try, each trained once per replicate. A grid has all its cells by default, and never more.", 1, 1_000_000, 32);

    /// <summary>Trials in flight.</summary>
    public static KnownParameter Parallel { get; } = Count(
        "parallel",
        "Trials in flight in virtual time. Part of the experiment: it decides what a decision can see. Not a number of cores.",
        1,
        4096,
        8);

    /// <summary>Seed of everything random.</summary>
    public static KnownParameter Seed { get; } =
        Count("seed", "Seed of everything random: draws, splits, weights, order of batches.", 0, ulong.MaxValue, 0);

    /// <summary>Seeds a configuration is trained under.</summary>
    public static KnownParameter Replicates { get; } = Count("replicates", "Seeds that each configuration is trained under.", 1, 100, 1);

    /// <summary>Epochs of a whole trial.</summary>
    public static KnownParameter Epochs { get; } = Count("epochs", "Epochs of a trial that nothing stops.", 1, 1_000_000, 20);

    /// <summary>All, in the order of the file.</summary>
    public static IReadOnlyList<KnownParameter> All { get; } = [Sampler, Pruner, Trials, Parallel, Seed, Replicates, Epochs];
}
