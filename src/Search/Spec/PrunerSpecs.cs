namespace ApproxCluster.Search;

/// <summary>
/// How hopeless trials are stopped. Epochs are counted from 1, and under a <see cref="Tuner"/> are its reports; values are the objective's in its own direction, gaps are positive when validation is worse.
/// What is out of its range is refused by <see cref="PrunerFactory"/> and <see cref="Tuner"/>. Each pruner's rule and its source stand with its class.
/// </summary>
public abstract record PrunerSpec
{
    /// <summary>Whether trials wait at rungs until they are promoted. Of pruners that work together one at most may do so.</summary>
    internal virtual bool Pauses => false;
}

/// <summary>Every trial runs to its last epoch: <see cref="NoPruner"/>.</summary>
public sealed record NoPrunerSpec : PrunerSpec;

/// <summary>Asynchronous successive halving (Li et al., "A system for massively parallel hyperparameter tuning", MLSys 2020): <see cref="AshaPruner"/>, with several objectives <see cref="ParetoAshaPruner"/>.</summary>
/// <param name="MinEpochs">r: epochs of the first rung, at least 1.</param>
/// <param name="ReductionFactor">eta: one in so many goes on, at least 2.</param>
/// <param name="Promote">False: a trial goes on at once or is pruned (stopping variant). True: it pauses at the rung and is promoted later (algorithm 2).</param>
/// <param name="MinTrials">Trials that must have come to a rung before any goes on from there, at least 1; those that come earlier pause.</param>
public sealed record AshaPrunerSpec(int MinEpochs = 1, int ReductionFactor = 3, bool Promote = false, int MinTrials = 1) : PrunerSpec
{
    internal override bool Pauses => Promote || MinTrials > 1;
}

/// <summary>Synchronous successive halving (Jamieson and Talwalkar, AISTATS 2016): <see cref="ShaPruner"/>. Trials pause at rungs.</summary>
/// <param name="MinEpochs">r: epochs of the first rung, at least 1.</param>
/// <param name="ReductionFactor">eta: one in so many goes on, at least 2.</param>
/// <param name="Cohort">n: trials that are halved together, at least 0; 0: eta to the power of the number of rungs, so that one completes.</param>
public sealed record ShaPrunerSpec(int MinEpochs = 1, int ReductionFactor = 3, int Cohort = 0) : PrunerSpec
{
    internal override bool Pauses => true;
}

/// <summary>Hyperband (Li et al., JMLR 18, 2018) over brackets of asynchronous successive halving: <see cref="HyperbandPruner"/>.</summary>
/// <param name="MinEpochs">r: epochs of the first rung of the strictest bracket, at least 1.</param>
/// <param name="ReductionFactor">eta: one in so many goes on, at least 2.</param>
/// <param name="Promote">As <see cref="AshaPrunerSpec.Promote"/>.</param>
public sealed record HyperbandPrunerSpec(int MinEpochs = 1, int ReductionFactor = 3, bool Promote = false) : PrunerSpec
{
    internal override bool Pauses => Promote;
}

/// <summary>Stops a trial whose best value so far is worse than the median of the completed trials at the same epoch (Golovin et al., KDD 2017, section 3.2.2): <see cref="PercentilePruner"/>.</summary>
/// <param name="StartupTrials">Nothing is stopped before so many trials have completed; at least 0.</param>
/// <param name="MinTrials">Nothing is stopped at an epoch where fewer completed trials have a finite value; at least 1.</param>
/// <param name="WarmupEpochs">First epochs of each trial, at least 0, at whose end it is not judged.</param>
/// <param name="IntervalEpochs">A trial is judged after every so many epochs from there on; at least 1.</param>
public sealed record MedianPrunerSpec(int StartupTrials = 5, int MinTrials = 1, int WarmupEpochs = 0, int IntervalEpochs = 1) : PrunerSpec
{
    /// <summary>The same rule as a percentile.</summary>
    internal PercentilePrunerSpec AsPercentile => new(50, StartupTrials, MinTrials, WarmupEpochs, IntervalEpochs);
}

/// <summary>Stops a trial whose best value so far is worse than a percentile of the completed trials at the same epoch: <see cref="PercentilePruner"/>.</summary>
/// <param name="Percentile">Share that goes on, in percent, above 0 and below 100: 25 keeps the best quarter.</param>
/// <param name="StartupTrials">Nothing is stopped before so many trials have completed; at least 0.</param>
/// <param name="MinTrials">Nothing is stopped at an epoch where fewer completed trials have a finite value; at least 1.</param>
/// <param name="WarmupEpochs">First epochs of each trial, at least 0, at whose end it is not judged.</param>
/// <param name="IntervalEpochs">A trial is judged after every so many epochs from there on; at least 1.</param>
public sealed record PercentilePrunerSpec(double Percentile = 25, int StartupTrials = 5, int MinTrials = 1, int WarmupEpochs = 0, int IntervalEpochs = 1) : PrunerSpec;

/// <summary>Stops what no longer improves, alone or where another pruner would stop it, as Optuna's PatientPruner: <see cref="PatiencePruner"/>.</summary>
/// <param name="Patience">Epochs without improvement that are borne; at least 0.</param>
/// <param name="MinDelta">By so much, at least 0, the latest epochs must be worse than those before.</param>
/// <param name="IntervalEpochs">A trial is judged after every so many epochs, at least 1; of no use with <paramref name="Wrapped"/>, which says when.</param>
/// <param name="Wrapped">The pruner that decides once patience has ended; null: the trial is stopped. It may not pause trials.</param>
public sealed record PatiencePrunerSpec(int Patience = 10, double MinDelta = 0, int IntervalEpochs = 1, PrunerSpec? Wrapped = null) : PrunerSpec;

/// <summary>Stops what leaves bounds, or whose latest objective is not finite: <see cref="ThresholdPruner"/>. Null: no bound; lower ones are at most upper ones.</summary>
/// <param name="Lower">Smallest value of the objective.</param>
/// <param name="Upper">Largest value of the objective.</param>
/// <param name="GapLower">Smallest generalization gap; one that is not reported breaks no bound.</param>
/// <param name="GapUpper">Largest generalization gap; likewise.</param>
/// <param name="WarmupEpochs">First epochs of each trial, at least 0, at whose end it is not judged.</param>
/// <param name="IntervalEpochs">A trial is judged after every so many epochs from there on; at least 1.</param>
public sealed record ThresholdPrunerSpec(
    double? Lower = null, double? Upper = null, double? GapLower = null, double? GapUpper = null, int WarmupEpochs = 0, int IntervalEpochs = 1) : PrunerSpec;

/// <summary>
/// Stops replicates of a configuration that a signed-rank test (Wilcoxon 1945) finds worse than the best one: <see cref="WilcoxonPruner"/>. Under a <see cref="Tuner"/>, where every trial is a configuration of its own,
/// it stops nothing.
/// </summary>
/// <param name="PThreshold">Largest probability, above 0 and below 1, of such differences between equals.</param>
/// <param name="StartupReplicates">Nothing is stopped with fewer pairs of replicates, at least 1.</param>
/// <param name="WarmupEpochs">First epochs of each trial, at least 0, at whose end it is not judged.</param>
/// <param name="IntervalEpochs">A trial is judged after every so many epochs from there on; at least 1.</param>
public sealed record WilcoxonPrunerSpec(double PThreshold = 0.1, int StartupReplicates = 2, int WarmupEpochs = 0, int IntervalEpochs = 1) : PrunerSpec;

/// <summary>Stops what overfits: <see cref="GapPruner"/>. Under a <see cref="Tuner"/> it needs the gap with each report.</summary>
/// <param name="MaxGap">Largest generalization gap; null: any.</param>
/// <param name="Tolerance">An epoch is worse when its objective is worse than the best by more than this share of the best's magnitude, at least 0.</param>
/// <param name="Patience">So many worse epochs in a row, while the gap grows, end the trial; at least 1.</param>
/// <param name="WarmupEpochs">First epochs of each trial, at least 0, at whose end it is not judged.</param>
/// <param name="IntervalEpochs">A trial is judged after every so many epochs from there on; at least 1.</param>
public sealed record GapPrunerSpec(double? MaxGap = null, double Tolerance = 0.01, int Patience = 10, int WarmupEpochs = 0, int IntervalEpochs = 1) : PrunerSpec;

/// <summary>Stops what, by the extrapolation of its curve so far, will hardly become the best (Domhan, Springenberg and Hutter, IJCAI 2015, section 4): <see cref="CurvePruner"/>.</summary>
/// <param name="Confidence">A trial ends when the probability that it becomes the best is below 1 - confidence; above 0, below 1.</param>
/// <param name="WarmupEpochs">First epochs of each trial, at least 0, at whose end it is not judged.</param>
/// <param name="IntervalEpochs">A trial is judged after every so many epochs from there on; at least 1.</param>
public sealed record CurvePrunerSpec(double Confidence = 0.95, int WarmupEpochs = 8, int IntervalEpochs = 1) : PrunerSpec;

/// <summary>Several pruners at once: what one of them stops, ends: <see cref="AnyPruner"/>.</summary>
/// <param name="Pruners">At least one; one at most may pause trials.</param>
public sealed record AnyPrunerSpec(IReadOnlyList<PrunerSpec> Pruners) : PrunerSpec
{
    internal override bool Pauses => Pruners.Any(pruner => pruner.Pauses);
}
