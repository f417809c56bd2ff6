using ApproxCluster.Trainer;

namespace ApproxCluster.Bench.Trainer;

/// <summary>How far the trainer is from the float64 referee after one step.</summary>
/// <param name="Loss">Relative difference of the loss over some samples, both with the trainer's weights.</param>
/// <param name="Drift">The same with the referee's own weights: how much the step's rounding matters to the loss. Outputs are linear, so b and c drift more than the peers do.</param>
/// <param name="Weights">
/// Euclidean norm of the difference of the weights over the norm of the weights; without those whose gradient is below a thousandth of the layer's largest, as the
/// last bits of a gradient near Adam's epsilon decide how far the weight moves.
/// </param>
/// <param name="Update">Relative error of the length of the step along the referee's, whose weights are rounded too: a wrong constant shows, rounding does not.</param>
internal sealed record Gate(double Loss, double Drift, double Weights, double Update)
{
    /// <summary>The largest difference that passes.</summary>
    public const double Limit = 1e-6;

    /// <summary>The same for the length of the step. 1 - 0.999f instead of 0.001f, a defect that was met, makes 6e-6.</summary>
    public const double UpdateLimit = 1e-6;

    /// <summary>The same for the drift.</summary>
    public const double DriftLimit = 5e-6;

    private const double LeastGradient = 1e-3;
    private const int LossSamples = 2048;

    /// <summary>Whether rates may be believed.</summary>
    public bool Passed => Loss <= Limit && Drift <= DriftLimit && Weights <= Limit && Math.Abs(Update) <= UpdateLimit;

    /// <summary>Trains one step of a fresh trial beside the referee.</summary>
    public static Gate Check(Workload workload)
    {
        // The split that the first batch is drawn from decides the scaler, so it is the whole one.
        var data = workload.Draw();
        using var run = TrainingRun.Start(workload.Configuration, data, 1);
        PeerWeights.Write(run);
        using var referee = new Referee(workload, data, run.Layers, run.Parameters);
        var before = referee.Weights.Select(layer => (double[])layer.Clone()).ToList();
        referee.Step(run.NextBatch.ToArray());
        run.TrainBatches(1, []);
        double difference = 0, norm = 0, along = 0, step = 0;
        for (var l = 0; l < before.Count; l++)
        {
            var ours = Referee.Read(run.Layers[l], run.Parameters);
            var least = LeastGradient * referee.Gradients[l].Max(Math.Abs);
            for (var i = 0; i < ours.Length; i++)
            {
                if (Math.Abs(referee.Gradients[l][i]) < least)
                {
                    continue;
                }

                var (error, moved) = (ours[i] - referee.Weights[l][i], referee.Weights[l][i] - before[l][i]);
                difference += error * error;
                norm += referee.Weights[l][i] * referee.Weights[l][i];
                along += (ours[i] - (float)referee.Weights[l][i]) * moved;
                step += moved * moved;
            }
        }

        int[] some = [.. Enumerable.Range(0, LossSamples)];
        var (loss, expected) = (run.Evaluate(First(data.Training)).Loss, referee.Loss(some));
        for (var l = 0; l < before.Count; l++)
        {
            Referee.Read(run.Layers[l], run.Parameters).CopyTo(referee.Weights[l], 0);
        }

        var same = referee.Loss(some);
        return new Gate(Math.Abs(loss - same) / same, Math.Abs(loss - expected) / expected, Math.Sqrt(difference / norm), along / step);
    }

    private static Samples First(Samples all)
    {
        var x = all.X[..(LossSamples * all.Inputs)];
        return all.Labels is { } labels ? new Samples(all.Inputs, x, labels[..LossSamples]) : new Samples(all.Inputs, x, 1, all.Values![..LossSamples]);
    }
}
