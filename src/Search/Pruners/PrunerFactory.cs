namespace ApproxCluster.Search;

/// <summary>Makes pruners.</summary>
public static class PrunerFactory
{
    /// <summary>A fresh pruner as a spec asks for it.</summary>
    public static IPruner Create(SweepSpec spec) => Create(spec.Pruner, spec.Epochs);

    /// <summary>A fresh pruner.</summary>
    /// <param name="pruner">Its parameters.</param>
    /// <param name="epochs">Epochs of a trial that nothing stops, at least 1.</param>
    public static IPruner Create(PrunerSpec pruner, int epochs) => pruner switch
    {
        NoPrunerSpec => new NoPruner(epochs),
        AshaPrunerSpec asha => new AshaPruner(asha, epochs),
        _ => throw new ArgumentException($"Pruner is {pruner.GetType().Name}, but must be one that this version knows.", nameof(pruner)),
    };
}
