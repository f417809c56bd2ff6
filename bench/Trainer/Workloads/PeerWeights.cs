using ApproxCluster.Trainer;

namespace ApproxCluster.Bench.Trainer;

/// <summary>The initial weights of the peers' <c>workloads.py</c>: uniform within sqrt(6 / inputs), in the last layer sqrt(3 / inputs); biases 0.</summary>
internal static class PeerWeights
{
    /// <summary>Puts them into a fresh run.</summary>
    public static void Write(TrainingRun run)
    {
        for (var l = 0; l < run.Layers.Count; l++)
        {
            var layer = run.Layers[l];
            var limit = (float)Math.Sqrt((l < run.Layers.Count - 1 ? 6.0 : 3.0) / layer.Inputs);
            var drawn = SplitMix.Symmetric(7000 + (ulong)l, layer.Inputs * layer.Outputs);
            for (var i = 0; i < drawn.Length; i++)
            {
                run.Parameters[(int)layer.WeightOffset(i / layer.Outputs, i % layer.Outputs)] = drawn[i] * limit;
            }

            for (var output = 0; output < layer.Outputs; output++)
            {
                run.Parameters[(int)layer.BiasOffset(output)] = 0;
            }
        }
    }
}
