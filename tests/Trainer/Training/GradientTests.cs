namespace ApproxCluster.Trainer.Tests;

public class GradientTests
{
    public static TheoryData<ActivationKind, TaskKind> Cases()
    {
        var cases = new TheoryData<ActivationKind, TaskKind>();
        foreach (var activation in Enum.GetValues<ActivationKind>())
        {
            foreach (var task in Enum.GetValues<TaskKind>())
            {
                cases.Add(activation, task);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Step_PlainDescent_MovesEveryWeightByTheGradientOfTheReference(ActivationKind activation, TaskKind task)
    {
        var data = Problems.Data(task);
        var configuration = Problems.Configuration(task) with
        {
            Activation = new ActivationConfiguration(activation, Slope: 0.2, Frequency: 3),
            Optimizer = OptimizerConfiguration.Default(OptimizerKind.Sgd, 1),
            BatchSize = data.Training.Count,
        };
        using var network = new Network(KernelSet.Best, configuration, new TrialMemory(configuration, data.Shape));
        Initialization.Fill(network, configuration.Activation, 5);
        var before = network.Parameters.ToArray();
        using var run = TrainingRun.Start(configuration, data, 5);
        var all = Enumerable.Range(0, data.Training.Count).ToArray();
        var reference = new ReferenceNetwork(configuration, data);
        double Weight(int layer, int input, int output) =>
            before[(int)(input < 0 ? network.Layers[layer].BiasOffset(output) : network.Layers[layer].WeightOffset(input, output))];

        Assert.Equal(reference.Loss(all, Weight), run.Evaluate(data.Training).Loss, 1e-4);
        run.TrainEpoch(CancellationToken.None);
        var after = run.Parameters.ToArray();

        for (var layer = 0; layer < network.Layers.Count; layer++)
        {
            for (var input = -1; input < network.Layers[layer].Inputs; input++)
            {
                for (var output = 0; output < network.Layers[layer].Outputs; output++)
                {
                    var (l, i, o) = (layer, input, output);
                    double Shifted(double by) => reference.Loss(all, (a, b, c) => Weight(a, b, c) + (a == l && b == i && c == o ? by : 0));
                    var gradient = (Shifted(1e-5) - Shifted(-1e-5)) / 2e-5;
                    var offset = (int)(i < 0 ? network.Layers[l].BiasOffset(o) : network.Layers[l].WeightOffset(i, o));
                    Assert.True(
                        Math.Abs(before[offset] - after[offset] - gradient) < 2e-4 + 2e-3 * Math.Abs(gradient),
                        $"layer {l}, input {i}, output {o}: moved by {before[offset] - after[offset]}, gradient {gradient}");
                }
            }
        }
    }
}
