namespace ApproxCluster.Bench.Trainer;

/// <summary>A product of a layer: forward (NN), input gradient (NT) or weight gradient (TN).</summary>
/// <param name="Workload">Where it occurs.</param>
/// <param name="Operation">NN, NT or TN.</param>
/// <param name="Rows">Samples.</param>
/// <param name="Inputs">Inputs of the layer.</param>
/// <param name="Outputs">Outputs of the layer.</param>
/// <param name="Target">Least share of the FMA peak that is aimed at; 0 for none.</param>
internal sealed record KernelShape(string Workload, string Operation, int Rows, int Inputs, int Outputs, double Target)
{
    /// <summary>The shapes of the reference table.</summary>
    public static IReadOnlyList<KernelShape> All { get; } =
    [
        new("a32", "NN", 32, 784, 512, 0.95), new("a32", "NT", 32, 512, 512, 0.78), new("a32", "TN", 32, 784, 512, 0.92),
        new("a128", "NN", 128, 512, 512, 0.95), new("a128", "NT", 128, 512, 512, 0.90), new("a128", "TN", 128, 512, 512, 0.92),
        new("b", "NN", 256, 128, 128, 0.95), new("b", "NT", 256, 128, 128, 0.90), new("b", "TN", 256, 128, 128, 0.92),
        new("66", "NT", 256, 66, 128, 0),
        new("c", "NN", 1024, 1026, 256, 0.95), new("c", "TN", 1024, 1026, 256, 0.88),
        new("c", "NN", 1024, 256, 256, 0.95), new("c", "NT", 1024, 256, 256, 0.90), new("c", "TN", 1024, 256, 256, 0.88),
        new("d", "NN", 64, 32, 32, 0), new("d", "NT", 64, 32, 32, 0), new("d", "TN", 64, 32, 32, 0),
        new("e", "NN", 128, 13328, 128, 0.95), new("e", "TN", 128, 13328, 128, 0.92),
        new("big", "NN", 1024, 1024, 1024, 0.95), new("big", "NT", 1024, 1024, 1024, 0.90), new("big", "TN", 1024, 1024, 1024, 0.88),
        new("tiny", "NN", 16, 16, 16, 0),
        new("1 out", "NN", 256, 128, 1, 0), new("1 out", "NT", 256, 128, 1, 0), new("1 out", "TN", 256, 128, 1, 0),
        new("10 out", "NN", 128, 512, 10, 0), new("10 out", "NT", 128, 512, 10, 0), new("10 out", "TN", 128, 512, 10, 0),
    ];

    /// <summary>Floating-point operations of one product.</summary>
    public double Flops => 2.0 * Rows * Inputs * Outputs;

    /// <summary>Sizes as M x N x K of the product.</summary>
    public (int M, int N, int K) Sizes => Operation switch
    {
        "NN" => (Rows, Outputs, Inputs),
        "NT" => (Rows, Inputs, Outputs),
        _ => (Inputs, Outputs, Rows),
    };
}
