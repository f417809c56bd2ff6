using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;

namespace ApproxCluster.Dashboard;

/// <summary>An instrument of ours.</summary>
/// <param name="Name">Name in OpenTelemetry's manner.</param>
/// <param name="Unit">UCUM unit, or a word in braces.</param>
/// <param name="Kind">Type in the exposition.</param>
/// <param name="Description">What it measures.</param>
internal sealed record InstrumentSpec(string Name, string Unit, FamilyKind Kind, string Description)
{
    /// <summary>Name of its samples, without a histogram's suffixes.</summary>
    public string Exposed { get; } = PrometheusNames.Family(Name, Unit, Kind).Sample;
}

/// <summary>
/// Every instrument there is. Series of a trial or sweep live on meters of their own and end with them; counters and histograms of the process
/// never carry a sweep or trial, because a cumulative series is never let go.
/// </summary>
internal static class Catalogue
{
    /// <summary>Meter of the process.</summary>
    public const string ProcessMeter = "ApproxCluster.Process";

    /// <summary>Meters of sweeps, one each.</summary>
    public const string SweepMeter = "ApproxCluster.Sweep";

    /// <summary>Meters of trials, one for each <see cref="BlockSize"/> trials of a sweep.</summary>
    public const string TrialMeter = "ApproxCluster.Trial";

    /// <summary>Trials on one meter: the SDK keeps a slot for every label set ever seen, so a long sweep needs several meters.</summary>
    public const int BlockSize = 500;

    public static readonly InstrumentSpec Slots = new("approx.slots.configured", "{slot}", FamilyKind.Gauge, "Training slots of the process.");
    public static readonly InstrumentSpec SlotsBusy = new("approx.slots.busy", "{slot}", FamilyKind.Gauge, "Slots that train now.");
    public static readonly InstrumentSpec Epochs = new("approx.epochs", "{epoch}", FamilyKind.Counter, "Epochs trained.");
    public static readonly InstrumentSpec EpochDuration = new("approx.epoch.duration", "s", FamilyKind.Histogram, "Wall time of epochs.");
    public static readonly InstrumentSpec Flops = new("approx.flops", "{flop}", FamilyKind.Counter, "Floating-point operations of training, by the cost model.");
    public static readonly InstrumentSpec Segments = new("approx.segments", "{segment}", FamilyKind.Counter, "Segments handed to coordinators, by outcome.");
    public static readonly InstrumentSpec ExchangeDuration = new("approx.coordinator.exchange.duration", "s", FamilyKind.Histogram, "Time of a worker's exchanges with coordinators.");
    public static readonly InstrumentSpec ExchangeFaults = new("approx.coordinator.exchange.faults", "{fault}", FamilyKind.Counter, "Exchanges that failed and are sent again.");
    public static readonly InstrumentSpec AttemptsLost = new("approx.attempts.lost", "{attempt}", FamilyKind.Counter, "Attempts lost with their slots.");
    public static readonly InstrumentSpec JournalEvents = new("approx.journal.events", "{event}", FamilyKind.Counter, "Events appended to journals.");
    public static readonly InstrumentSpec AppendDuration = new("approx.journal.append.duration", "s", FamilyKind.Histogram, "Time of appends to journals.");
    public static readonly InstrumentSpec StorageFaults = new("approx.storage.faults", "{fault}", FamilyKind.Counter, "Writes that the store refused.");
    public static readonly InstrumentSpec Overflow = new("approx.metrics.overflow", "{metric}", FamilyKind.Gauge, "Metrics that ran out of label sets at the last scrape: some series are missing.");
    public static readonly InstrumentSpec Conflicts = new("approx.metrics.conflicts", "{metric}", FamilyKind.Gauge, "Metrics and series left out of the last scrape because their names were taken.");
    public static readonly InstrumentSpec SeriesCut = new("approx.metrics.trials_cut", "{trial}", FamilyKind.Counter, "Ended trials whose series went before two scrapes had seen them.");

    public static readonly InstrumentSpec SweepInfo = new("approx.sweep.info", "", FamilyKind.Gauge, "A sweep, with its name and objective as labels.");
    public static readonly InstrumentSpec SweepStatus = new("approx.sweep.status", "", FamilyKind.Gauge, "Status: 1 running, 2 paused, 3 stopping, 4 scoring, 5 finished, 6 stopped, 7 cancelled, 8 failed.");
    public static readonly InstrumentSpec SweepTrials = new("approx.sweep.trials", "{trial}", FamilyKind.Gauge, "Trials of a sweep by state.");
    public static readonly InstrumentSpec SweepPlanned = new("approx.sweep.trials_planned", "{trial}", FamilyKind.Gauge, "Trials that a sweep will have, replicates included.");
    public static readonly InstrumentSpec SweepBest = new("approx.sweep.best_value", "", FamilyKind.Gauge, "Best objective so far.");
    public static readonly InstrumentSpec SweepBestGap = new("approx.sweep.best_gap", "", FamilyKind.Gauge, "Gap of the best trial at its best epoch, positive when validation is worse.");
    public static readonly InstrumentSpec SweepBestTrial = new("approx.sweep.best_trial", "", FamilyKind.Gauge, "Number of the best trial.");
    public static readonly InstrumentSpec SweepProgress = new("approx.sweep.progress", "1", FamilyKind.Gauge, "Share of the planned trials that is done, epochs of trials in flight included.");
    public static readonly InstrumentSpec SweepEta = new("approx.sweep.eta", "s", FamilyKind.Gauge, "Time left at the rate so far.");
    public static readonly InstrumentSpec SweepVirtualTime = new("approx.sweep.virtual_time", "{flop}", FamilyKind.Gauge, "Virtual time of the last decision, in operations of work.");
    public static readonly InstrumentSpec SweepEpochs = new("approx.sweep.epochs", "{epoch}", FamilyKind.Counter, "Epochs of a sweep trained on the process.");

    public static readonly InstrumentSpec TrialInfo = new("approx.trial.info", "", FamilyKind.Gauge, "A live trial, with its parameters as labels.");
    public static readonly InstrumentSpec TrialState = new("approx.trial.state", "", FamilyKind.Gauge, "State: 1 queued, 2 running, 3 paused, 4 completed, 5 pruned, 6 failed, 7 cancelled.");
    public static readonly InstrumentSpec TrialEpoch = new("approx.trial.epoch", "{epoch}", FamilyKind.Gauge, "Epochs a live trial has done.");
    public static readonly InstrumentSpec TrainingLoss = new("approx.trial.training_loss", "", FamilyKind.Gauge, "Training loss at the last epoch.");
    public static readonly InstrumentSpec ValidationLoss = new("approx.trial.validation_loss", "", FamilyKind.Gauge, "Validation loss at the last epoch.");
    public static readonly InstrumentSpec TrainingMetric = new("approx.trial.training_metric", "", FamilyKind.Gauge, "The target's metric on training samples at the last epoch.");
    public static readonly InstrumentSpec ValidationMetric = new("approx.trial.validation_metric", "", FamilyKind.Gauge, "The target's metric on the validation split at the last epoch.");
    public static readonly InstrumentSpec Gap = new("approx.trial.gap", "", FamilyKind.Gauge, "Validation loss minus training loss at the last epoch.");
    public static readonly InstrumentSpec MetricGap = new("approx.trial.metric_gap", "", FamilyKind.Gauge, "Gap of the target's metric at the last epoch, positive when validation is worse.");
    public static readonly InstrumentSpec LearningRate = new("approx.trial.learning_rate", "", FamilyKind.Gauge, "Learning rate of the last epoch.");
    public static readonly InstrumentSpec TrialBest = new("approx.trial.best_value", "", FamilyKind.Gauge, "Best objective of a live trial so far.");
    public static readonly InstrumentSpec TrialBestEpoch = new("approx.trial.best_epoch", "{epoch}", FamilyKind.Gauge, "Epoch of the best objective.");

    private static readonly double[] EpochBounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250];
    private static readonly double[] ShortBounds = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<InstrumentSpec> All { get; } =
    [
        Slots, SlotsBusy, Epochs, EpochDuration, Flops, Segments, ExchangeDuration, ExchangeFaults, AttemptsLost, JournalEvents, AppendDuration,
        StorageFaults, Overflow, Conflicts, SeriesCut,
        SweepInfo, SweepStatus, SweepTrials, SweepPlanned, SweepBest, SweepBestGap, SweepBestTrial, SweepProgress, SweepEta, SweepVirtualTime, SweepEpochs,
        TrialInfo, TrialState, TrialEpoch, TrainingLoss, ValidationLoss, TrainingMetric, ValidationMetric, Gap, MetricGap, LearningRate, TrialBest,
        TrialBestEpoch,
    ];

    /// <summary>Whether a meter is one of ours.</summary>
    public static bool IsOurs(string meter) => meter is ProcessMeter or SweepMeter or TrialMeter;

    /// <summary>How the SDK keeps an instrument of ours; null for its defaults.</summary>
    public static MetricStreamConfiguration? View(Instrument instrument) =>
        instrument.Meter.Name == TrialMeter ? new MetricStreamConfiguration { CardinalityLimit = BlockSize }
        : instrument.Meter.Name == SweepMeter ? new MetricStreamConfiguration { CardinalityLimit = 16 }
        : instrument.Name == EpochDuration.Name ? new ExplicitBucketHistogramConfiguration { Boundaries = EpochBounds, CardinalityLimit = 16 }
        : instrument.Name == ExchangeDuration.Name || instrument.Name == AppendDuration.Name
            ? new ExplicitBucketHistogramConfiguration { Boundaries = ShortBounds, CardinalityLimit = 16 }
            : new MetricStreamConfiguration { CardinalityLimit = 16 };
}
