namespace ApproxCluster.Search;

/// <summary>A sampler as sweep files name it: its word and settings, and the ways from them to its spec, back, and to the sampler itself.</summary>
/// <param name="Variant">The word, its meaning and its settings.</param>
internal abstract record SamplerKind(Variant Variant)
{
    /// <summary>The spec that a file's settings stand for.</summary>
    public abstract SamplerSpec Read(SettingValues values);

    /// <summary>The settings of a spec in the order of the variant's, null where one is left out; null when the spec is another sampler's.</summary>
    public abstract IReadOnlyList<ParameterValue?>? Write(SamplerSpec spec);

    /// <summary>A fresh sampler; null when the spec is another sampler's.</summary>
    public abstract ISampler? Create(SamplerSpec spec, SamplerSettings settings);
}

/// <summary>One kind of sampler.</summary>
/// <typeparam name="TSpec">Its spec.</typeparam>
/// <param name="Variant">The word, its meaning and its settings.</param>
/// <param name="Reader">Makes the spec of a file's settings.</param>
/// <param name="Writer">Gives a spec's settings in the order of the variant's.</param>
/// <param name="Creator">Makes a sampler.</param>
internal sealed record SamplerKind<TSpec>(
    Variant Variant,
    Func<SettingValues, TSpec> Reader,
    Func<TSpec, IReadOnlyList<ParameterValue?>> Writer,
    Func<TSpec, SamplerSettings, ISampler> Creator) : SamplerKind(Variant)
    where TSpec : SamplerSpec
{
    /// <inheritdoc />
    public override SamplerSpec Read(SettingValues values) => Reader(values);

    /// <inheritdoc />
    public override IReadOnlyList<ParameterValue?>? Write(SamplerSpec spec) => spec is TSpec own ? Writer(own) : null;

    /// <inheritdoc />
    public override ISampler? Create(SamplerSpec spec, SamplerSettings settings) => spec is TSpec own ? Creator(own, settings) : null;
}

/// <summary>The samplers that there are.</summary>
internal static class SamplerKinds
{
    /// <summary>All, in the order of the reference.</summary>
    public static IReadOnlyList<SamplerKind> All { get; } =
    [
        new SamplerKind<RandomSamplerSpec>(
            new("random", "Independent uniform draws."), _ => new(), _ => [], (_, settings) => new RandomSampler(settings.Space, settings.Seed)),
        new SamplerKind<GridSamplerSpec>(
            new("grid", "Every cell of a finite space, in order of the file, last parameter fastest."), _ => new(), _ => [], (_, settings) => new GridSampler(settings.Space)),
        new SamplerKind<SobolSamplerSpec>(
            new("sobol", "Scrambled Sobol points: evenly spread; best with a power of two as trials."), _ => new(), _ => [], (_, settings) => new SobolSampler(settings.Space, settings.Seed)),
        HaltonSamplerSpec.Kind,
        TpeSamplerSpec.Kind,
        GaussianSamplerSpec.Kind,
        CmaEsSamplerSpec.Kind,
        BohbSamplerSpec.Kind,
        Nsga2SamplerSpec.Kind,
        Nsga3SamplerSpec.Kind,
        EvolutionSamplerSpec.Kind,
        PbtSamplerSpec.Kind,
        AutoSamplerSpec.Kind,
    ];

    /// <summary>The kind with a word; of an unknown word the default.</summary>
    public static SamplerKind Find(string? word) => All.FirstOrDefault(kind => kind.Variant.Name == word) ?? All[0];

    /// <summary>The kind of a spec.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static SamplerKind Of(SamplerSpec spec) => All.FirstOrDefault(kind => kind.Write(spec) is not null)
        ?? throw new ArgumentException($"Sampler is {spec.GetType().Name}, but must be one that this version knows.", nameof(spec));
}
