namespace ApproxCluster.Trainer.Tests;

/// <summary>Every product against plain loops with one fused multiply-add at a time, bit for bit, at every size around the tiles' edges.</summary>
public unsafe class MatrixKernelTests
{
    private static readonly OptimizerConfiguration Plain = OptimizerConfiguration.Default(OptimizerKind.Sgd, 0.125);

    public static TheoryData<int> Widths => [.. KernelSet.Available().Select(set => set.VectorBits)];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Forward_EverySize_EqualsThePlainLoops(int bits) => ForEverySize(bits, (set, layer, rows, x, parameters, delta) =>
    {
        var stride = DenseLayer.Stride(layer.Outputs);
        using var y = new NativeBlock(rows * stride);
        set.Forward(layer, parameters.Start, Activation.Linear, x.Start, DenseLayer.Stride(layer.Inputs), y.Start, stride, null, rows);
        for (var row = 0; row < rows; row++)
        {
            for (var output = 0; output < layer.Outputs; output++)
            {
                var sum = parameters.Start[layer.BiasOffset + output];
                for (var input = 0; input < layer.Inputs; input++)
                {
                    sum = MathF.FusedMultiplyAdd(x.Start[row * DenseLayer.Stride(layer.Inputs) + input], parameters.Start[layer.WeightOffset(input, output)], sum);
                }

                Same(sum, y.Start[row * stride + output], layer, rows);
            }
        }
    });

    [Theory]
    [MemberData(nameof(Widths))]
    public void InputGradient_EverySize_EqualsThePlainLoops(int bits) => ForEverySize(bits, (set, layer, rows, x, parameters, delta) =>
    {
        var stride = DenseLayer.Stride(layer.Inputs);
        using var gradient = new NativeBlock(rows * stride);
        using var scratch = new NativeBlock(KernelSet.ScratchFloats(Math.Max(layer.Columns, DenseLayer.Pad(layer.Inputs))));
        set.InputGradient(
            layer, parameters.Start, Activation.Linear, delta.Start, DenseLayer.Stride(layer.Outputs), x.Start, null, gradient.Start, stride, rows, scratch.Start);
        for (var row = 0; row < rows; row++)
        {
            for (var input = 0; input < layer.Inputs; input++)
            {
                var sum = 0f;
                for (var output = 0; output < layer.Outputs; output++)
                {
                    sum = MathF.FusedMultiplyAdd(
                        delta.Start[row * DenseLayer.Stride(layer.Outputs) + output], parameters.Start[layer.WeightOffset(input, output)], sum);
                }

                Same(sum, gradient.Start[row * stride + input], layer, rows);
            }
        }
    });

    [Theory]
    [MemberData(nameof(Widths))]
    public void WeightGradient_EverySize_EqualsThePlainLoops(int bits) => ForEverySize(bits, (set, layer, rows, x, parameters, delta) =>
    {
        var before = new ReadOnlySpan<float>(parameters.Start, (int)parameters.Floats).ToArray();
        using var scratch = new NativeBlock(KernelSet.ScratchFloats(Math.Max(layer.Columns, DenseLayer.Pad(layer.Inputs))));
        var rule = set.CreateRule(Plain, parameters.Start, null, null);
        rule.BeginStep(1, Plain.LearningRate);
        set.WeightGradient(layer, x.Start, DenseLayer.Stride(layer.Inputs), delta.Start, DenseLayer.Stride(layer.Outputs), rows, rule, scratch.Start);
        for (var input = 0; input < layer.Inputs; input++)
        {
            for (var output = 0; output < layer.Outputs; output++)
            {
                var sum = 0f;
                for (var row = 0; row < rows; row++)
                {
                    sum = MathF.FusedMultiplyAdd(
                        x.Start[row * DenseLayer.Stride(layer.Inputs) + input], delta.Start[row * DenseLayer.Stride(layer.Outputs) + output], sum);
                }

                var offset = layer.WeightOffset(input, output);
                Same(MathF.FusedMultiplyAdd(-0.125f, sum, before[offset]), parameters.Start[offset], layer, rows);
            }
        }
    });

    private static void Same(float expected, float actual, DenseLayer layer, int rows) => Assert.True(
        BitConverter.SingleToInt32Bits(expected) == BitConverter.SingleToInt32Bits(actual),
        $"{layer.Inputs} inputs, {layer.Outputs} outputs, {rows} rows: {actual:R} instead of {expected:R}");

    private static void ForEverySize(int bits, Action<KernelSet, DenseLayer, int, NativeBlock, NativeBlock, NativeBlock> check)
    {
        var set = KernelSet.Choose(FormattableString.Invariant($"{bits}"));
        for (var size = 1; size <= 70; size++)
        {
            Check(size, 9, 5);
            Check(9, size, 5);
            Check(9, 17, size);
            Check(size, 71 - size, 1 + size % 13);
        }

        void Check(int inputs, int outputs, int rows)
        {
            var layer = new DenseLayer(inputs, outputs, 0);
            var generator = new Philox((ulong)(inputs * 10_000 + outputs * 100 + rows));
            using var x = Fill(ref generator, rows, inputs);
            using var delta = Fill(ref generator, rows, outputs);
            using var parameters = new NativeBlock(layer.End);
            for (var output = 0; output < outputs; output++)
            {
                parameters.Start[layer.BiasOffset + output] = generator.NextSingle() - 0.5f;
                for (var input = 0; input < inputs; input++)
                {
                    parameters.Start[layer.WeightOffset(input, output)] = generator.NextSingle() - 0.5f;
                }
            }

            check(set, layer, rows, x, parameters, delta);
        }
    }

    private static NativeBlock Fill(ref Philox generator, int rows, int width)
    {
        var block = new NativeBlock(rows * DenseLayer.Stride(width));
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < width; column++)
            {
                block.Start[row * DenseLayer.Stride(width) + column] = generator.NextSingle() - 0.5f;
            }
        }

        return block;
    }
}
