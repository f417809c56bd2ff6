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
    public static KnownParameter Pruner => PrunerTable.Pruner;

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

    /// <summary>When decisions are taken.</summary>
    public static KnownParameter Execution { get; } = Choice(
        "execution",
        "When decisions are taken: in virtual time, so that the sweep is a function of its file, or as results arrive, so that no slot waits ([more](determinism.md)).",
        "deterministic",
        new("deterministic", "In virtual time: the same leaderboard on every machine and cluster. A result that comes early waits for its turn."),
        new("eager", "When a result arrives: no slot waits for another, and no two executions are alike."));

    /// <summary>Seed of everything random.</summary>
    public static KnownParameter Seed { get; } =
        Count("seed", "Seed of everything random: draws, splits, weights, order of batches.", 0, ulong.MaxValue, 0);

    /// <summary>Seeds a configuration is trained under.</summary>
    public static KnownParameter Replicates { get; } = Count("replicates", "Seeds that each configuration is trained under.", 1, 100, 1);

    /// <summary>The race's own settings, in place of a number of replicates.</summary>
    public static IReadOnlyList<KnownParameter> Race { get; } =
    [
        Count("race", "Most seeds of a configuration: contenders get further ones until they can be told apart, others do not.", 2, 100, 5),
        Count("min", "Seeds that every configuration gets at once.", 1, 100, 1),
        Number("confidence", "Confidence of the paired test that tells two configurations apart.", 0.5, 0.9999, 0.95),
        Flag("corrected", "true: the confidence holds for all looks that the race takes at two configurations together; telling them apart takes more seeds. false: for each look.", false),
    ];

    /// <summary>Fresh seeds at the end.</summary>
    public static KnownParameter Confirm { get; } = Count(
        "confirm", "Fresh seeds, which the search has not seen, that the best configuration and those that cannot be told apart from it are trained under at the end.", 0, 100, 0);

    /// <summary>Scores of earlier incumbents.</summary>
    public static KnownParameter Overtuning { get; } = Flag(
        "overtuning", "Scores earlier incumbents on the test split too, once, at the end: how much better an earlier choice would have been.", false);

    /// <summary>Epochs of a whole trial.</summary>
    public static KnownParameter Epochs { get; } = Count("epochs", "Epochs of a trial that nothing stops.", 1, 1_000_000, 20);

    /// <summary>What becomes of repeats.</summary>
    public static KnownParameter Repeats { get; } = Choice(
        "repeats",
        "What becomes of a configuration that the sampler gives again, with the same value of every parameter.",
        "auto",
        new("auto", "replicate where the sampler means its repeats so, else reuse."),
        new("reuse", "It is not trained again: its trials take over the earlier results."),
        new("replicate", "It is trained under another seed, as a further replicate of the earlier one.")) with
    { IsOptional = true };

    /// <summary>All, in the order of the file.</summary>
    public static IReadOnlyList<KnownParameter> All { get; } = [Sampler, Pruner, Trials, Parallel, Execution, Seed, Replicates, Confirm, Overtuning, Epochs, Repeats];
}
