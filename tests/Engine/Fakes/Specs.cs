using ApproxCluster.Search;

namespace ApproxCluster.Engine.Tests;

/// <summary>Sweeps that take a moment.</summary>
internal static class Specs
{
    /// <summary>Twelve little networks on a curve, with rungs.</summary>
    public static SweepSpec Tiny => Parse(
        """
        name: tiny
        target: { kind: curve, samples: 64, validation: 32, test: 32 }
        space: { width: { int: [2, 16] }, learning_rate: { float: [0.001, 0.1], log: true } }
        pruner: { asha: { min_epochs: 2 } }
        trials: 12
        parallel: 3
        epochs: 12
        """);

    /// <summary>Trials that never end by themselves.</summary>
    public static SweepSpec Endless => Parse(
        """
        name: endless
        target: { kind: curve, samples: 64, validation: 32, test: 32 }
        space: { width: 8 }
        trials: 4
        parallel: 4
        epochs: 1000000
        """);

    public static SweepSpec Parse(string text)
    {
        var result = SweepFile.Parse(text, "test.yaml");
        Assert.Empty(result.Faults);
        return result.Spec!;
    }
}
