using static ApproxCluster.Search.Known;

namespace ApproxCluster.Search;

/// <summary>The pruners of a sweep file with their settings, ranges and defaults.</summary>
internal static class PrunerTable
{
    /// <summary>How hopeless trials are stopped.</summary>
    public static KnownParameter Pruner { get; } = Choice(
        "pruner",
        "How hopeless trials are stopped.",
        "none",
        new("none", "Every trial runs to its last epoch."),
        new(
            "asha",
            "Asynchronous successive halving (Li et al. 2020): one in reduction_factor trials goes on from each rung.",
            [
                .. Rungs,
                Promote,
                Count("min_trials", "Trials that must have come to a rung before any goes on from there; those that come earlier pause. 9 or so keeps the first to come from being trained to the end.", 1, 1_000_000, 1),
            ]),
        new(
            "sha",
            "Successive halving (Jamieson and Talwalkar 2016): a cohort of trials waits at each rung for its last one, then the best one in reduction_factor go on.",
            [.. Rungs, Count("cohort", "Trials that are halved together. 0: reduction_factor to the power of the number of rungs, so that one completes.", 0, 1_000_000, 0)]),
        new(
            "hyperband",
            "Hyperband (Li et al. 2018): brackets of asha, each with its first rung reduction_factor times as far as the last one's; a trial's number says its bracket.",
            [.. Rungs, Promote]),
        new("median", "Ends a trial whose best value is worse than the median of completed trials at the same epoch (Golovin et al. 2017).", Peers),
        new(
            "percentile",
            "Ends a trial whose best value is not among the given share of completed trials at the same epoch.",
            [Number("percentile", "Share that goes on, in percent: 25 keeps the best quarter.", 0, 100, 25, above: true, below: true), .. Peers]),
        new(
            "patience",
            "Ends a trial that gets no better, or lets another pruner decide about it.",
            Count("patience", "Epochs without improvement that are borne.", 0, 1_000_000, 10),
            Number("min_delta", "By so much the latest epochs must be worse than those before.", 0, 1e9, 0),
            Interval,
            new("wrapped", ParameterValueKind.Word, "The pruner that decides once patience has ended; left out: the trial ends. It may not pause trials.") { Nesting = Nesting.One }),
        new(
            "threshold",
            "Ends a trial whose objective or generalization gap is outside bounds, or whose objective is not finite. At least one bound must be given.",
            Number("lower", "Smallest objective.", -1e300, 1e300, null),
            Number("upper", "Largest objective.", -1e300, 1e300, null),
            Number("gap_lower", "Smallest gap.", -1e300, 1e300, null),
            Number("gap_upper", "Largest gap.", -1e300, 1e300, null),
            Warmup,
            Interval),
        new(
            "wilcoxon",
            "Ends replicates of a configuration that a signed-rank test over replicates finds worse than the best configuration; of use from 4 replicates on.",
            Number("p_threshold", "Largest probability of such differences between equals.", 0, 1, 0.1, above: true, below: true),
            Count("startup_replicates", "Pairs of replicates below which nothing ends.", 1, 100, 2),
            Warmup,
            Interval),
        new(
            "gap",
            "Ends a trial that overfits: its gap is above a bound, or its objective has been worse than its best for long while the gap grew.",
            Number("max_gap", "Largest gap.", -1e300, 1e300, null),
            Number("tolerance", "Worse is what differs from the best by more than this share of its magnitude.", 0, 1e9, 0.01),
            Count("patience", "So many worse epochs in a row end a trial.", 1, 1_000_000, 10),
            Warmup,
            Interval),
        new(
            "curve",
            "Ends a trial that, by the extrapolation of its curve, hardly becomes the best (Domhan et al. 2015).",
            Number("confidence", "A trial ends when it becomes the best with a probability below 1 - confidence.", 0, 1, 0.95, above: true, below: true),
            Count("warmup_epochs", "Epochs of each trial at whose end it is not judged.", 0, 1_000_000, 8),
            Interval),
        new(
            "any",
            "Several pruners at once: what one of them ends, ends. One at most may pause trials.",
            new KnownParameter("pruners", ParameterValueKind.Word, "The pruners.") { Nesting = Nesting.Many }));

    private static IReadOnlyList<KnownParameter> Rungs =>
    [
        Count("min_epochs", "Epochs of the first rung; the next ones lie reduction_factor times as far each.", 1, 1_000_000, 1),
        Count("reduction_factor", "One in so many trials goes on.", 2, 1000, 3),
    ];

    private static KnownParameter Promote => Flag("promote", "false: a trial goes on at once or ends. true: it pauses at the rung until it is promoted.", false);

    private static KnownParameter Warmup => Count("warmup_epochs", "Epochs of each trial at whose end it is not judged.", 0, 1_000_000, 0);

    private static KnownParameter Interval => Count("interval_epochs", "A trial is judged after every so many epochs; more cost less.", 1, 1_000_000, 1);

    private static IReadOnlyList<KnownParameter> Peers =>
    [
        Count("startup_trials", "Completed trials below which nothing ends.", 0, 1_000_000, 5),
        Count("min_trials", "Completed trials with a finite value at an epoch below which nothing ends there.", 1, 1_000_000, 1),
        Warmup,
        Interval,
    ];
}
