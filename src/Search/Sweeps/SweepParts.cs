using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>What a sweep's state takes from spec, sampler and space: one seam, so that tests can put their own in place.</summary>
internal sealed record SweepParts
{
    /// <summary>The real ones.</summary>
    public static SweepParts Default { get; } = new()
    {
        Read = text => SweepFile.Parse(text, "journal") switch
        {
            { Spec: { } spec } => spec,
            var result => throw new InvalidDataException(
                $"The journal's spec cannot be read: {string.Join(" ", result.Faults)} Use the version that wrote it, or a newer one."),
        },
        Write = SweepFile.Canonical,
        Sampler = SamplerFactory.Create,
        Pruner = PrunerFactory.Create,
        Configure = Configurations.Create,
    };

    public required Func<string, SweepSpec> Read { get; init; }

    public required Func<SweepSpec, string> Write { get; init; }

    public required Func<SweepSpec, ISampler> Sampler { get; init; }

    public Func<SweepSpec, IPruner> Pruner { get; init; } = PrunerFactory.Create;

    public required Func<Assignment, TargetShape, int, TrialConfiguration> Configure { get; init; }
}
