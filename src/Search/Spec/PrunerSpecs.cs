namespace ApproxCluster.Search;

/// <summary>How hopeless trials are stopped. Epochs are counted from 1; values are the objective's, gaps are positive when validation is worse.</summary>
public abstract record PrunerSpec
{
    /// <summary>Whether trials wait at rungs until they are promoted. Of pruners that work together one at most may do so.</summary>
    internal virtual bool Pauses => false;
}

/// <summary>Every trial runs to its last epoch.</summary>
public sealed record NoPrunerSpec : PrunerSpec;

/// <summary>Asynchronous successive halving (Li et al., MLSys 2020).</summary>
/// <param name="MinEpochs">r: epochs of the first rung, at least 1.</param>
/// <param name="ReductionFactor">eta: one in so many goes on, at least 2.</param>
/// <param name="Promote">False: a trial goes on at once or is pruned (stopping variant). True: it pauses at the rung and is promoted later (algorithm 2).</param>
/// <param name="MinTrials">Trials that must have come to a rung before any goes on from there, at least 1; those that come earlier pause.</param>
public sealed record AshaPrunerSpec(int MinEpochs = 1, int ReductionFactor = 3, bool Promote = false, int MinTrials = 1) : PrunerSpec
{
    internal override bool Pauses => Promote || MinTrials > 1;
}

/// <summary>Synchronous successive halving (Jamieson and Talwalkar 2016).</summary>
/// <param name="MinEpochs">r: epochs of the first rung, at least 1.</param>
/// <param name="ReductionFactor">eta: one in so many goes on, at least 2.</param>
/// <param name="Cohort">n: trials that are halved together; 0: eta to the power of the number of rungs, so that one completes.</param>
public sealed record ShaPrunerSpec(int MinEpochs = 1, int ReductionFactor = 3, int Cohort = 0) : PrunerSpec
{
    internal override bool Pauses => true;
}

/// <summary>Hyperband (Li et al., JMLR 2018) over brackets of asynchronous successive halving.</summary>
/// <param name="MinEpochs">r: epochs of the first rung of the strictest bracket, at least 1.</param>
/// <param name="ReductionFactor">eta: one in so many goes on, at least 2.</param>
/// <param name="Promote">As <see cref="AshaPrunerSpec.Promote"/>.</param>
public sealed record HyperbandPrunerSpec(int MinEpochs = 1, int ReductionFactor = 3, bool Promote = false) : PrunerSpec
{
    internal override bool Pauses => Promote;
}

/// <summary>Stops what is worse than the median of the completed trials at the same epoch (Golovin et al. 2017).</summary>
/// <param name="StartupTrials">Nothing is stopped before so many trials have completed.</param>
/// <param name="MinTrials">Nothing is stopped at an epoch where fewer trials have a finite value.</param>
/// <param name="WarmupEpochs">Epochs at whose end nothing is judged.</param>
/// <param name="IntervalEpochs">A trial is judged after every so many epochs from there on.</param>
public sealed record MedianPrunerSpec(int StartupTrials = 5, int MinTrials = 1, int WarmupEpochs = 0, int IntervalEpochs = 1) : PrunerSpec
{
    /// <summary>The same rule as a percentile.</summary>
    internal PercentilePrunerSpec AsPercentile => new(50, StartupTrials, MinTrials, WarmupEpochs, IntervalEpochs);
}

/// <summary>Stops what is worse than a percentile of the completed trials at the same epoch.</summary>
/// <param name="Percentile">Share, in percent, of completed trials that a trial must not be worse than; above 0, below 100.</param>
/// <param name="StartupTrials">Nothing is stopped before so many trials have completed.</param>
/// <param name="MinTrials">Nothing is stopped at an epoch where fewer trials have a finite value.</param>
/// <param name="WarmupEpochs">Epochs at whose end nothing is judged.</param>
/// <param name="IntervalEpochs">A trial is judged after every so many epochs from there on.</param>
public sealed record PercentilePrunerSpec(double Percentile = 25, int StartupTrials = 5, int MinTrials = 1, int WarmupEpochs = 0, int IntervalEpochs = 1) : PrunerSpec;

/// <summary>Stops what no longer improves, alone or where another pruner would stop it.</summary>
/// <param name="Patience">Epochs without improvement that are borne.</param>
/// <param name="MinDelta">By so much, at least 0, the latest epochs must be worse than those before.</param>
/// <param name="IntervalEpochs">A trial is judged after every so many epochs; of no use with <paramref name="Wrapped"/>, which says when.</param>
/// <param name="Wrapped">The pruner that decides once patience has ended; null: the trial is stopped. It may not pause trials.</param>
public sealed record PatiencePrunerSpec(int Patience = 10, double MinDelta = 0, int IntervalEpochs = 1, PrunerSpec? Wrapped = null) : PrunerSpec;

/// <summary>Stops what leaves bounds. Null: no bound.</summary>
/// <param name="Lower">Smallest value of the objective.</param>
/// <param name="Upper">Largest value of the objective.</param>
/// <param name="GapLower">Smallest generalization gap.</param>
/// <param name="GapUpper">Largest generalization gap.</param>
/// <param name="WarmupEpochs">Epochs at whose end nothing is judged.</param>
/// <param name="IntervalEpochs">A trial is judged after every so many epochs from there on.</param>
public sealed record ThresholdPrunerSpec(
    double? Lower = null, double? Upper = null, double? GapLower = null, double? GapUpper = null, int WarmupEpochs = 0, int IntervalEpochs = 1) : PrunerSpec;

/// <summary>Stops replicates of a configuration that a signed-rank test finds worse than the best one.</summary>
/// <param name="PThreshold">Largest probability, above 0 and below 1, of such differences between equals.</param>
/// <param name="StartupReplicates">Nothing is stopped with fewer pairs of replicates, at least 1.</param>
/// <param name="WarmupEpochs">Epochs at whose end nothing is judged.</param>
/// <param name="IntervalEpochs">A trial is judged after every so many epochs from there on.</param>
public sealed record WilcoxonPrunerSpec(double PThreshold = 0.1, int StartupReplicates = 2, int WarmupEpochs = 0, int IntervalEpochs = 1) : PrunerSpec;

/// <summary>Stops what overfits.</summary>
/// <param name="MaxGap">Largest generalization gap; null: any.</param>
/// <param name="Tolerance">An epoch is worse when its objective is worse than the best by more than this share of the best's magnitude, at least 0.</param>
/// <param name="Patience">So many worse epochs in a row, while the gap grows, end the trial; at least 1.</param>
/// <param name="WarmupEpochs">Epochs at whose end nothing is judged.</param>
/// <param name="IntervalEpochs">A trial is judged after every so many epochs from there on.</param>
public sealed record GapPrunerSpec(double? MaxGap = null, double Tolerance = 0.01, int Patience = 10, int WarmupEpochs = 0, int IntervalEpochs = 1) : PrunerSpec;

/// <summary>Stops what, by its curve so far, will hardly become the best.</summary>
/// <param name="Confidence">A trial ends when the probability that it becomes the best is below 1 - confidence; above 0, below 1.</param>
/// <param name="WarmupEpochs">Epochs at whose end nothing is judged.</param>
/// <param name="IntervalEpochs">A trial is judged after every so many epochs from there on.</param>
public sealed record CurvePrunerSpec(double Confidence = 0.95, int WarmupEpochs = 8, int IntervalEpochs = 1) : PrunerSpec;

/// <summary>Several pruners at once: what one of them stops, ends.</summary>
/// <param name="Pruners">At least one; one at most may pause trials.</param>
public sealed record AnyPrunerSpec(IReadOnlyList<PrunerSpec> Pruners) : PrunerSpec
{
    internal override bool Pauses => Pruners.Any(pruner => pruner.Pauses);
}
