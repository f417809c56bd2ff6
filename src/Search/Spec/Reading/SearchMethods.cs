namespace ApproxCluster.Search;

/// <summary>Reads samplers and pruners: a bare word, or a mapping of the word to its settings.</summary>
internal sealed class SearchMethods(FaultList faults)
{
    /// <summary>The sampler; the default after a fault.</summary>
    public SamplerSpec Sampler(YamlNode? node)
    {
        var kind = SamplerKinds.Find(Choose(node, SweepSettings.Sampler, SweepSettings.Sampler.Name, out var settings));
        var reader = settings is null || kind.Variant.Parameters.Count == 0 ? null : new EntryReader(settings, $"sampler.{kind.Variant.Name}", faults);
        return kind.Read(new SettingValues(kind.Variant.Parameters, reader));
    }

    /// <summary>When decisions are taken; the default after a fault.</summary>
    public Execution Execution(YamlNode? node) => Choose(node, SweepSettings.Execution, SweepSettings.Execution.Name, out _) == "eager" ? Search.Execution.Eager : Search.Execution.Deterministic;

    /// <summary>What becomes of repeats; the default after a fault.</summary>
    public RepeatRule Repeats(YamlNode? node) => Choose(node, SweepSettings.Repeats, SweepSettings.Repeats.Name, out _) switch
    {
        "reuse" => RepeatRule.Reuse,
        "replicate" => RepeatRule.Replicate,
        _ => RepeatRule.Auto,
    };

    /// <summary>The pruner; the default after a fault.</summary>
    /// <param name="node">Its node.</param>
    /// <param name="epochs">Epochs of a trial; null when they are at fault.</param>
    public PrunerSpec Pruner(YamlNode? node, long? epochs) => new PrunerReader(faults, epochs).Read(node);

    /// <summary>The word of a setting, and its own settings where there are any; no word after a fault.</summary>
    /// <param name="node">Its node; null for the default.</param>
    /// <param name="setting">The setting.</param>
    /// <param name="path">Its path in the file.</param>
    /// <param name="settings">The settings of the word, or null.</param>
    public string? Choose(YamlNode? node, KnownParameter setting, string path, out YamlMap? settings)
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
            faults.Add(node, path, $"{setting.Name} is {Scalars.Describe(node)}, but must be {setting.Rule}. Write '{setting.Name}: {setting.Default}'.");
            return null;
        }

        if (setting.Find(key.Text) is not { } variant)
        {
            faults.AddUnknown(key, path, setting.Name, key.Text, [.. setting.Variants.Select(known => known.Name)]);
            return null;
        }

        if (value is not null && !Scalars.IsNull(value))
        {
            settings = value as YamlMap;
            if (settings is null)
            {
                faults.Add(value, $"{path}.{key.Text}", $"{key.Text} is {Scalars.Describe(value)}, but must be a mapping of its settings. Write '{key.Text}: {{name: value}}'.");
            }
            else if (variant.Parameters.Count == 0)
            {
                new EntryReader(settings, $"{path}.{key.Text}", faults).Finish();
            }
        }

        return key.Text;
    }
}
