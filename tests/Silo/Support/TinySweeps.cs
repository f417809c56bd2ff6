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

    /// <summary>A small space that begins with what <see cref="Short"/> found, under rules and with repeats.</summary>
    public static SweepSpec Warm { get; } = Parse("""
        name: warm
        target: { kind: curve, formula: two_waves, noise: 0.1, samples: 64, validation: 64, test: 64 }
        space:
          encoding: { choice: [identity, { fourier1d: { order: { int: [1, 4] } } }] }
          width: { int: [4, 12] }
          depth: 1
          activation: tanh
          learning_rate: { float: [0.001, 0.1], log: true }
          batch_size: 8
        where: width <= 8 or encoding == 'identity'
        objective: { minimize: validation.loss }
        sampler: sobol
        first: [{ learning_rate: 0.01, width: 8 }, { learning_rate: 0.01, width: 8 }]
        from: tiny
        trials: 8
        epochs: 3
        """);

    /// <summary>A population whose trials go on from each other's weights, some seconds of work.</summary>
    public static SweepSpec Population { get; } = Long with { Name = "population", Sampler = new PbtSamplerSpec(8, 6), Pruner = new NoPrunerSpec(), Trials = 26 };

    /// <summary>Never done by itself within a test.</summary>
    public static SweepSpec Endless { get; } = Read(trials: 8, epochs: 1_000_000, samples: 3000);

    /// <summary>The digest that the engine of <c>approx run</c> gets for a sweep.</summary>
    public static async Task<string> LocalDigestAsync(SweepSpec spec, CancellationToken cancellationToken)
    {
        return await LocalDigestAsync(spec, new MemoryStore(), cancellationToken);
    }

    /// <summary>The same in a store with earlier sweeps.</summary>
    public static async Task<string> LocalDigestAsync(SweepSpec spec, MemoryStore store, CancellationToken cancellationToken)
    {
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
        return Parse(text);
    }

    private static SweepSpec Parse(string text)
    {
        var result = SweepFile.Parse(text, "tiny");
        return result.Spec ?? throw new InvalidDataException(string.Join(Environment.NewLine, result.Faults));
    }
}
