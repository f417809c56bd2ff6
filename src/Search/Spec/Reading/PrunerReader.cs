namespace ApproxCluster.Search;

/// <summary>Reads pruners, nested ones too.</summary>
/// <param name="faults">Where faults go.</param>
/// <param name="epochs">Epochs of a trial; null when they are at fault.</param>
internal sealed class PrunerReader(FaultList faults, long? epochs)
{
    private static readonly YamlMap Nothing = new(1, 1, []);

    /// <summary>The pruner; the default after a fault.</summary>
    /// <param name="node">Its node, or null.</param>
    /// <param name="path">Its path in the file.</param>
    public PrunerSpec Read(YamlNode? node, string path = "pruner")
    {
        if (new SearchMethods(faults).Choose(node, PrunerTable.Pruner, path, out var settings) is not { } word || word == "none")
        {
            return new NoPrunerSpec();
        }

        var values = new Values(new EntryReader(settings ?? Nothing, $"{path}.{word}", faults), PrunerTable.Pruner.Find(word)!);
        PrunerSpec spec = word switch
        {
            "asha" => new AshaPrunerSpec(values.Whole("min_epochs"), values.Whole("reduction_factor"), values.Flag("promote"), values.Whole("min_trials")),
            "sha" => new ShaPrunerSpec(values.Whole("min_epochs"), values.Whole("reduction_factor"), values.Whole("cohort")),
            "hyperband" => new HyperbandPrunerSpec(values.Whole("min_epochs"), values.Whole("reduction_factor"), values.Flag("promote")),
            "median" => new MedianPrunerSpec(values.Whole("startup_trials"), values.Whole("min_trials"), values.Warmup, values.Interval),
            "percentile" => new PercentilePrunerSpec(
                values.Real("percentile"), values.Whole("startup_trials"), values.Whole("min_trials"), values.Warmup, values.Interval),
            "patience" => new PatiencePrunerSpec(
                values.Whole("patience"), values.Real("min_delta"), values.Interval, Wrapped(values.Reader, $"{path}.{word}.wrapped")),
            "threshold" => new ThresholdPrunerSpec(
                values.RealOrNull("lower"), values.RealOrNull("upper"), values.RealOrNull("gap_lower"), values.RealOrNull("gap_upper"), values.Warmup, values.Interval),
            "wilcoxon" => new WilcoxonPrunerSpec(values.Real("p_threshold"), values.Whole("startup_replicates"), values.Warmup, values.Interval),
            "gap" => new GapPrunerSpec(values.RealOrNull("max_gap"), values.Real("tolerance"), values.Whole("patience"), values.Warmup, values.Interval),
            "curve" => new CurvePrunerSpec(values.Real("confidence"), values.Warmup, values.Interval),
            _ => new AnyPrunerSpec(Parts(values.Reader, settings ?? node!, $"{path}.{word}")),
        };
        values.Reader.Finish();
        Check(spec, values.Reader, settings ?? node!, settings, $"{path}.{word}");
        return spec;
    }

    private void Check(PrunerSpec spec, EntryReader reader, YamlNode at, YamlMap? settings, string path)
    {
        var first = spec switch { AshaPrunerSpec asha => asha.MinEpochs, ShaPrunerSpec sha => sha.MinEpochs, HyperbandPrunerSpec band => band.MinEpochs, _ => 1 };
        if (first > epochs && settings?.Find("min_epochs") is { } entry)
        {
            reader.Wrong(entry.Value, "min_epochs", FormattableString.Invariant($"at most epochs, which is {epochs}"), "Lower it, or raise epochs.");
        }

        if (spec is not ThresholdPrunerSpec bounds)
        {
            return;
        }

        if (settings is null || settings.Entries.Count == 0)
        {
            faults.Add(at, path, "threshold is given without bounds, but must have at least one of lower, upper, gap_lower, gap_upper. Add one.");
        }

        CheckOrder(bounds.Lower, bounds.Upper, "upper");
        CheckOrder(bounds.GapLower, bounds.GapUpper, "gap_upper");

        void CheckOrder(double? lower, double? upper, string name)
        {
            if (lower > upper)
            {
                reader.Wrong(settings!.Find(name)!.Value, name, FormattableString.Invariant($"at least the lower bound, which is {lower}"), "Swap them.");
            }
        }
    }

    private PrunerSpec? Wrapped(EntryReader reader, string path)
    {
        if (reader.Take("wrapped") is not { } node)
        {
            return null;
        }

        var spec = Read(node, path);
        if (spec.Pauses)
        {
            faults.Add(node, path, "wrapped is a pruner that pauses trials, but must be one that ends them. Leave promote and min_trials out, or wrap another one.");
        }

        return spec;
    }

    private List<PrunerSpec> Parts(EntryReader reader, YamlNode at, string path)
    {
        var node = reader.Take("pruners");
        if (node is not YamlList { Items.Count: > 0 } list || list.Items.Count > KnownParameter.MaximumPruners)
        {
            faults.Add(node ?? at, $"{path}.pruners", FormattableString.Invariant(
                $"pruners is {(node is null ? "missing" : Scalars.Describe(node))}, but must be a list of 1 to {KnownParameter.MaximumPruners} pruners. Write 'any: {{pruners: [asha, gap]}}'."));
            return [new NoPrunerSpec()];
        }

        var parts = new List<PrunerSpec>();
        foreach (var item in list.Items)
        {
            var place = FormattableString.Invariant($"{path}.pruners[{parts.Count}]");
            var part = Read(item, place);
            if (part.Pauses && parts.Exists(other => other.Pauses))
            {
                faults.Add(item, place, "pruner is a second one that pauses trials, but must not be: the two could disagree on who goes on. Leave one out, or let it not promote nor wait for min_trials.");
            }

            parts.Add(part);
        }

        return parts;
    }

    /// <summary>Settings by name; worth nothing, but in range, after a fault.</summary>
    private sealed record Values(EntryReader Reader, Variant Variant)
    {
        public int Warmup => Whole("warmup_epochs");

        public int Interval => Whole("interval_epochs");

        public int Whole(string name) => (int)(Reader.Whole(Known(name)) ?? Known(name).Default!.Value.Whole);

        public double Real(string name) => Reader.Real(Known(name)) ?? Known(name).Default!.Value.Number;

        public double? RealOrNull(string name) => Reader.Real(Known(name));

        public bool Flag(string name) => Reader.Flag(Known(name)) ?? false;

        private KnownParameter Known(string name) => Variant.Parameters.First(known => known.Name == name);
    }
}
