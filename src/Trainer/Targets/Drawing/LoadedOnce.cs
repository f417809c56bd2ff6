namespace ApproxCluster.Trainer;

/// <summary>A target whose training and validation splits are loaded at the first call and shared from then on. Thread-safe.</summary>
internal abstract class LoadedOnce : ITarget
{
    private readonly Lock gate = new();
    private TargetData? data;

    /// <inheritdoc />
    public abstract TargetShape Shape { get; }

    /// <inheritdoc />
    public virtual ModelColumns Columns => ModelColumns.Default(Shape.Task, Shape.Inputs, Shape.Outputs);

    /// <inheritdoc />
    public TargetData Load()
    {
        lock (gate)
        {
            return data ??= LoadNow();
        }
    }

    /// <inheritdoc />
    public abstract Samples LoadTest();

    /// <summary>Loads or draws; a fault is thrown again at the next call, not remembered.</summary>
    protected abstract TargetData LoadNow();
}
