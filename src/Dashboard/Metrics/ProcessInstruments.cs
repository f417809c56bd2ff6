using System.Diagnostics.Metrics;

namespace ApproxCluster.Dashboard;

/// <summary>Instruments of the process as a whole.</summary>
internal sealed class ProcessInstruments : IDisposable
{
    private readonly Meter meter;
    private Func<(int Count, int Busy)>? slots;
    private ExpositionFigures figures;

    public ProcessInstruments(object scope)
    {
        meter = new Meter(new MeterOptions(Catalogue.ProcessMeter) { Scope = scope });
        Epochs = Counter(Catalogue.Epochs);
        Flops = Counter(Catalogue.Flops);
        Segments = Counter(Catalogue.Segments);
        ExchangeFaults = Counter(Catalogue.ExchangeFaults);
        AttemptsLost = Counter(Catalogue.AttemptsLost);
        JournalEvents = Counter(Catalogue.JournalEvents);
        StorageFaults = Counter(Catalogue.StorageFaults);
        SeriesCut = Counter(Catalogue.SeriesCut);
        EpochDuration = Histogram(Catalogue.EpochDuration);
        ExchangeDuration = Histogram(Catalogue.ExchangeDuration);
        AppendDuration = Histogram(Catalogue.AppendDuration);
        Gauge(Catalogue.Slots, () => slots?.Invoke().Count ?? 0);
        Gauge(Catalogue.SlotsBusy, () => slots?.Invoke().Busy ?? 0);
        Gauge(Catalogue.Overflow, () => figures.Overflowed);
        Gauge(Catalogue.Conflicts, () => figures.Dropped);
    }

    public Counter<long> Epochs { get; }

    public Counter<long> Flops { get; }

    public Counter<long> Segments { get; }

    public Counter<long> ExchangeFaults { get; }

    public Counter<long> AttemptsLost { get; }

    public Counter<long> JournalEvents { get; }

    public Counter<long> StorageFaults { get; }

    public Counter<long> SeriesCut { get; }

    public Histogram<double> EpochDuration { get; }

    public Histogram<double> ExchangeDuration { get; }

    public Histogram<double> AppendDuration { get; }

    /// <summary>Gives every counter a first value: one without is absent, and the rate of an absent series is no zero.</summary>
    public void Begin()
    {
        foreach (var counter in new[] { Epochs, Flops, ExchangeFaults, AttemptsLost, JournalEvents, StorageFaults, SeriesCut })
        {
            counter.Add(0);
        }

        foreach (var outcome in SegmentOutcomes.All)
        {
            Segments.Add(0, outcome);
        }
    }

    public void UseSlots(Func<(int Count, int Busy)> source) => slots = source;

    public void Noted(ExpositionFigures last) => figures = last;

    public void Dispose() => meter.Dispose();

    private Counter<long> Counter(InstrumentSpec spec) => meter.CreateCounter<long>(spec.Name, spec.Unit, spec.Description);

    private Histogram<double> Histogram(InstrumentSpec spec) => meter.CreateHistogram<double>(spec.Name, spec.Unit, spec.Description);

    private void Gauge(InstrumentSpec spec, Func<int> value) => meter.CreateObservableGauge(spec.Name, value, spec.Unit, spec.Description);
}

/// <summary>How segments end, as labels.</summary>
internal static class SegmentOutcomes
{
    public static readonly KeyValuePair<string, object?> Done = new("outcome", "done");
    public static readonly KeyValuePair<string, object?> Diverged = new("outcome", "diverged");
    public static readonly KeyValuePair<string, object?> Error = new("outcome", "error");

    public static IEnumerable<KeyValuePair<string, object?>> All => [Done, Diverged, Error];
}
