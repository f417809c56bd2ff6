namespace ApproxCluster.Search;

/// <summary>Reads samplers and pruners: a bare word, or a mapping of the word to its settings.</summary>
internal sealed class SearchMethods(FaultList faults)
{
    /// <summary>The sampler; the default after a fault.</summary>
    public SamplerSpec Sampler(YamlNode? node)
    {
        var kind = SamplerKinds.Find(Choose(node, SweepSettings.Sampler, out var settings));
        var reader = settings is null || kind.Variant.Parameters.Count == 0 ? null : new EntryReader(settings, $"sampler.{kind.Variant.Name}", faults);
        return kind.Read(new SettingValues(kind.Variant.Parameters, reader));
    }

    /// <summary>The pruner; the default after a fault.</summary>
    /// <param name="node">Its node.</param>
    /// <param name="epochs">Epochs of a trial; null when they are at fault.</param>
    public PrunerSpec Pruner(YamlNode? node, long? epochs)
    {
        if (Choose(node, SweepSettings.Pruner, out var settings) != "asha")
        {
            return new NoPrunerSpec();
        }

        var known = SweepSettings.Pruner.Find("asha")!.Parameters;
        if (settings is null)
        {
            return Asha(known[0].Default!.Value.Whole, known[1].Default!.Value.Whole, known[2].Default!.Value.Word == "true");
        }

        var reader = new EntryReader(settings, "pruner.asha", faults);
        var (first, factor, promote) = (reader.Whole(known[0]), reader.Whole(known[1]), reader.Flag(known[2]));
        reader.Finish();
        if (first > epochs)
        {
            var rule = FormattableString.Invariant($"at most epochs, which is {epochs}");
            reader.Wrong(settings.Find(known[0].Name)!.Value, known[0].Name, rule, "Lower it, or raise epochs.");
        }

        return Asha(first ?? 1, factor ?? 2, promote ?? false);
    }

    private static AshaPrunerSpec Asha(long first, long factor, bool promote) => new((int)first, (int)factor, promote);

    /// <summary>The word of a setting, and its own settings where there are any; no word after a fault.</summary>
    private string? Choose(YamlNode? node, KnownParameter setting, out YamlMap? settings)
    {
        settings = null;
        if (node is null)
        {
            return setting.Default!.Value.Word;
        }

        var (key, value) = node switch
        {
            _ when Scalars.IsNull(node) => default((YamlScalar?, YamlNode?)),
            YamlScalar scalar => (scalar, null),
            YamlMap { Entries: [var (name, nested)] } => (name, nested),
            _ => default,
        };
        if (key is null)
        {
            faults.Add(node, setting.Name, $"{setting.Name} is {Scalars.Describe(node)}, but must be {setting.Rule}. Write '{setting.Name}: {setting.Default}'.");
            return null;
        }

        if (setting.Find(key.Text) is not { } variant)
        {
            faults.AddUnknown(key, setting.Name, setting.Name, key.Text, [.. setting.Variants.Select(known => known.Name)]);
            return null;
        }

        if (value is not null && !Scalars.IsNull(value))
        {
            settings = value as YamlMap;
            if (settings is null)
            {
                faults.Add(value, $"{setting.Name}.{key.Text}", $"{key.Text} is {Scalars.Describe(value)}, but must be a mapping of its settings. Write '{key.Text}: {{name: value}}'.");
            }
            else if (variant.Parameters.Count == 0)
            {
                new EntryReader(settings, $"{setting.Name}.{key.Text}", faults).Finish();
            }
        }

        return key.Text;
    }
}
