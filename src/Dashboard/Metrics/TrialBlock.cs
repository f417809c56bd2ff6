using System.Diagnostics.Metrics;
using System.Globalization;
using ApproxCluster.Trainer;

namespace ApproxCluster.Dashboard;

/// <summary>
/// The meter of one block of trials of a sweep, for as long as any of them is shown. Callbacks read under the sweep's lock. Disposed outside of it.
/// </summary>
internal sealed class TrialBlock : IDisposable
{
    private readonly Lock gate;
    private readonly Meter meter;
    private readonly SortedDictionary<int, TrialSeries> trials = [];

    public TrialBlock(object scope, string sweep, int number, bool isHigherBetter, Lock gate)
    {
        this.gate = gate;
        var first = number * Catalogue.BlockSize;
        meter = new Meter(new MeterOptions(Catalogue.TrialMeter)
        {
            Scope = scope,
            Tags = [new("sweep_id", sweep), new("trials", string.Create(CultureInfo.InvariantCulture, $"{first}-{first + Catalogue.BlockSize - 1}"))],
        });
        Show(Catalogue.TrialInfo, trial => trial.InfoTags, _ => 1);
        Show(Catalogue.TrialState, trial => trial.Tags, trial => trial.InfoTags is null ? null : (int)trial.State);
        Show(Catalogue.TrialEpoch, trial => trial.Tags, trial => trial.Last?.Epoch);
        Show(Catalogue.TrainingLoss, trial => trial.Tags, trial => trial.Last?.TrainingLoss);
        Show(Catalogue.ValidationLoss, trial => trial.Tags, trial => trial.Last?.ValidationLoss);
        Show(Catalogue.TrainingMetric, trial => trial.MetricTags, trial => trial.Last?.TrainingMetric);
        Show(Catalogue.ValidationMetric, trial => trial.MetricTags, trial => trial.Last?.ValidationMetric);
        Show(Catalogue.Gap, trial => trial.Tags, trial => trial.Last?.Gap);
        Show(Catalogue.MetricGap, trial => trial.MetricTags, trial => trial.Last is { } last ? GapOf(isHigherBetter, last) : null);
        Show(Catalogue.LearningRate, trial => trial.Tags, trial => trial.Last?.LearningRate);
        Show(Catalogue.TrialBest, trial => trial.Tags, trial => trial.InfoTags is null ? null : trial.BestValue);
        Show(Catalogue.TrialBestEpoch, trial => trial.Tags, trial => trial.InfoTags is null || trial.BestValue is null ? null : trial.BestEpoch);
    }

    /// <summary>Trials shown, by number.</summary>
    public SortedDictionary<int, TrialSeries> Trials => trials;

    public void Dispose() => meter.Dispose();

    private static double GapOf(bool isHigherBetter, EpochReport report) => isHigherBetter
        ? report.TrainingMetric - report.ValidationMetric
        : report.ValidationMetric - report.TrainingMetric;

    private void Show(InstrumentSpec spec, Func<TrialSeries, KeyValuePair<string, object?>[]?> tags, Func<TrialSeries, double?> value) =>
        meter.CreateObservableGauge(spec.Name, () => Read(tags, value), spec.Unit, spec.Description);

    private List<Measurement<double>> Read(Func<TrialSeries, KeyValuePair<string, object?>[]?> tags, Func<TrialSeries, double?> value)
    {
        lock (gate)
        {
            var measurements = new List<Measurement<double>>(trials.Count);
            foreach (var trial in trials.Values)
            {
                if (tags(trial) is { } labels && value(trial) is { } number)
                {
                    measurements.Add(new Measurement<double>(number, labels));
                }
            }

            return measurements;
        }
    }
}
