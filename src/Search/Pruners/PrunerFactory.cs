namespace ApproxCluster.Search;

/// <summary>Makes pruners.</summary>
public static class PrunerFactory
{
    /// <summary>A fresh pruner as a spec asks for it.</summary>
    public static IPruner Create(SweepSpec spec) => spec.Pruner switch
    {
        NoPrunerSpec => new NoPruner(spec.Epochs),
        AshaPrunerSpec asha => new AshaPruner(asha, spec.Objective, spec.Epochs),
        _ => throw new ArgumentException($"Pruner is {spec.Pruner.GetType().Name}, but must be one that this version knows.", nameof(spec)),
    };
}
