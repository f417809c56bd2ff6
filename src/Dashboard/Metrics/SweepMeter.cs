using System.Diagnostics.Metrics;
using System.Text;
using ApproxCluster.Engine;
using ApproxCluster.Search;

namespace ApproxCluster.Dashboard;

/// <summary>The meter of one sweep. What the coordinator alone knows is shown where the coordinator is. Callbacks read under the sweep's lock.</summary>
internal sealed class SweepMeter : IDisposable
{
    private static readonly (TrialState State, string Word)[] StateWords =
        [.. Enum.GetValues<TrialState>().Where(state => state != TrialState.Invalid).Select(state => (state, Words.Snake(state.ToString())))];

    private readonly Meter meter;
    private readonly KeyValuePair<string, object?> sweep;
    private readonly Lock gate;
    private readonly Func<bool> coordinated;

    public SweepMeter(SweepInfo info, object scope, SweepFigures figures, Lock gate, Func<bool> coordinated)
    {
        (this.gate, this.coordinated) = (gate, coordinated);
        sweep = new("sweep_id", info.Id);
        meter = new Meter(new MeterOptions(Catalogue.SweepMeter) { Scope = scope, Tags = [sweep] });
        KeyValuePair<string, object?>[] labels =
        [
            sweep,
            new("name", info.Spec.Name),
            new("objective", info.Spec.Objective.Metric),
            new("direction", info.Spec.Objective.Maximize ? "maximize" : "minimize"),
            new("target", info.Spec.TargetName),
            new("metric", info.Spec.MetricName(info.Shape)),
        ];
        Many(Catalogue.SweepInfo, () => [new(1, labels)]);
        Many(Catalogue.SweepTrials, () => StateWords.Select(pair => new Measurement<double>(figures.Count(pair.State), sweep, new("state", pair.Word))));
        One(Catalogue.SweepStatus, () => (int)figures.Status);
        One(Catalogue.SweepPlanned, () => figures.Planned);
        One(Catalogue.SweepBest, () => figures.BestValue);
        One(Catalogue.SweepBestGap, () => figures.BestGap);
        One(Catalogue.SweepBestTrial, () => figures.BestTrial);
        One(Catalogue.SweepProgress, () => figures.Progress);
        One(Catalogue.SweepEta, figures.SecondsLeft);
        One(Catalogue.SweepVirtualTime, () => figures.VirtualTime);
        meter.CreateObservableCounter(
            Catalogue.SweepEpochs.Name,
            () => new Measurement<long>(Epochs, sweep),
            Catalogue.SweepEpochs.Unit,
            Catalogue.SweepEpochs.Description);
    }

    /// <summary>Epochs trained here.</summary>
    public long Epochs { get; set; }

    public void Dispose() => meter.Dispose();

    private void One(InstrumentSpec spec, Func<double?> value) => Many(spec, () => value() is { } number ? [new(number, sweep)] : []);

    private void Many(InstrumentSpec spec, Func<IEnumerable<Measurement<double>>> values) => meter.CreateObservableGauge(
        spec.Name,
        () =>
        {
            lock (gate)
            {
                return coordinated() ? values().ToArray() : [];
            }
        },
        spec.Unit,
        spec.Description);
}

/// <summary>Names of code as words of the interface.</summary>
internal static class Words
{
    /// <summary>LostTooOften becomes lost_too_often.</summary>
    public static string Snake(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            if (char.IsAsciiLetterUpper(c) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}
