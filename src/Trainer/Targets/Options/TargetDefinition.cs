namespace ApproxCluster.Trainer;

/// <summary>One row of the catalog: a kind of target with its options, the rules between them, and how to open it.</summary>
internal abstract class TargetDefinition
{
    /// <summary>Largest number of values (inputs or outputs) of one split: 2^28, or 1 GiB of floats.</summary>
    public const long MaximumValues = 1L << 28;

    /// <summary>Declares the kind.</summary>
    protected TargetDefinition(string name, string summary, params TargetOption[] options) =>
        Kind = new TargetKind(name, summary, [.. options.OrderBy(option => option.Name, StringComparer.Ordinal)]);

    /// <summary>Name, summary and options.</summary>
    public TargetKind Kind { get; }

    /// <summary>Faults of options that only show together; asks <see cref="TargetOptions.Sound"/> before it reads one.</summary>
    public virtual IEnumerable<TargetFault> CheckTogether(TargetOptions options) => [];

    /// <summary>Opens a target whose options are sound.</summary>
    public abstract ITarget Open(TargetOptions options, ulong seed, string dataFolder);
}
