using ApproxCluster.Engine;
using ApproxCluster.Search;

namespace ApproxCluster.Silo.Tests.Support;

/// <summary>Sweeps for tests: a noisy curve, a few neurons.</summary>
internal static class TinySweeps
{
    /// <summary>Some seconds of work in many short segments, so that there is a middle to fail in.</summary>
    public static SweepSpec Long { get; } = Read(trials: 24, epochs: 60, samples: 3000);

    /// <summary>Done in a moment.</summary>
    public static SweepSpec Short { get; } = Read(trials: 4, epochs: 3, samples: 64);

    /// <summary>Never done by itself within a test.</summary>
    public static SweepSpec Endless { get; } = Read(trials: 8, epochs: 1_000_000, samples: 3000);

    /// <summary>The digest that the engine of <c>approx run</c> gets for a sweep.</summary>
    public static async Task<string> LocalDigestAsync(SweepSpec spec, CancellationToken cancellationToken)
    {
        var store = new MemoryStore();
        await using var host = await SweepHost.CreateAsync(spec, ".", store, TimeProvider.System, null, cancellationToken);
        await using var worker = new SlotWorker(new SlotWorkerOptions { Name = "local", Slots = 2, DataFolder = "." }, store, TimeProvider.System);
        await worker.RunAsync(host, cancellationToken);
        return await host.ReadAsync(state => state.Digest, cancellationToken);
    }

    private static SweepSpec Read(int trials, int epochs, int samples)
    {
        var text = FormattableString.Invariant($$"""
            name: tiny
            target: { kind: curve, formula: two_waves, noise: 0.1, samples: {{samples}}, validation: 64, test: 64 }
            space:
              encoding: { choice: [identity, { fourier1d: { order: { int: [1, 4] } } }] }
              width: { int: [4, 12] }
              depth: 1
              activation: tanh
              learning_rate: { float: [0.001, 0.1], log: true }
              batch_size: 8
            objective: { minimize: validation.loss }
            sampler: random
            pruner: { asha: { min_epochs: 2, reduction_factor: 3 } }
            trials: {{trials}}
            parallel: 6
            seed: 7
            epochs: {{epochs}}
            """);
        var result = SweepFile.Parse(text, "tiny");
        return result.Spec ?? throw new InvalidDataException(string.Join(Environment.NewLine, result.Faults));
    }
}
