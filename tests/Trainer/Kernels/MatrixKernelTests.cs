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
        using var y = new GuardedBlock(DenseLayer.Pad(rows) * stride);
        set.Forward(layer, parameters.Start, Activation.Linear, x.Start, DenseLayer.Stride(layer.Inputs), y.Start, stride, null, rows);
        for (var row = 0; row < rows; row++)
        {
            for (var output = 0; output < layer.Outputs; output++)
            {
                var sample = x.Start + row * DenseLayer.Stride(layer.Inputs);
                Same(layer.IsNarrow ? Dot(layer, sample, output) : Sum(layer, sample, output), y.Start[row * stride + output], layer, rows);
            }
        }
        float Sum(DenseLayer layer, float* sample, int output)
        {
            var sum = parameters.Start[layer.BiasOffset(output)];
            for (var input = 0; input < layer.Inputs; input++)
            {
                sum = MathF.FusedMultiplyAdd(sample[input], parameters.Start[layer.WeightOffset(input, output)], sum);
            }

            return sum;
        }

        float Dot(DenseLayer layer, float* sample, int output)
        {
            var lanes = new float[16];
            for (var input = 0; input <= layer.Inputs; input++)
            {
                lanes[input % 16] = MathF.FusedMultiplyAdd(sample[input], parameters.Start[layer.WeightOffset(input, output)], lanes[input % 16]);
            }

            for (var half = 8; half > 0; half /= 2)
            {
                for (var lane = 0; lane < half; lane++)
                {
                    lanes[lane] += lanes[lane + half];
                }
            }

            return lanes[0];
        }
    });

    [Theory]
    [MemberData(nameof(Widths))]
    public void InputGradient_EverySize_EqualsThePlainLoops(int bits) => ForEverySize(bits, (set, layer, rows, x, parameters, delta) =>
    {
        var stride = DenseLayer.Stride(layer.Inputs);
        using var gradient = new GuardedBlock(DenseLayer.Pad(rows) * stride);
        using var scratch = new GuardedBlock(KernelSet.ScratchFloats(layer.Outputs));
        set.InputGradient(layer, new GradientOperands
        {
            Parameters = parameters.Start,
            Delta = delta.Start,
            DeltaStride = DenseLayer.Stride(layer.Outputs),
            Gradient = gradient.Start,
            Stride = stride,
            Kept = x.Start,
            Rows = rows,
            Previous = Activation.Linear,
            Scratch = scratch.Start,
        });
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
        using var scratch = new GuardedBlock(KernelSet.ScratchFloats(layer.Outputs));
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

    /// <summary>The same bits; which NaN a NaN is does not matter.</summary>
    private static void Same(float expected, float actual, DenseLayer layer, int rows) => Assert.True(
        BitConverter.SingleToInt32Bits(expected) == BitConverter.SingleToInt32Bits(actual) || (float.IsNaN(expected) && float.IsNaN(actual)),
        $"{layer.Inputs} inputs, {layer.Outputs} outputs, {rows} rows: {actual:R} instead of {expected:R}");

    private static void ForEverySize(int bits, Action<KernelSet, DenseLayer, int, GuardedBlock, GuardedBlock, GuardedBlock> check)
    {
        var set = KernelSet.Choose(FormattableString.Invariant($"{bits}"));
        for (var size = 1; size <= 70; size++)
        {
            Check(size, 9, 5);
            Check(9, size, 5);
            Check(9, 17, size);
            Check(size, 71 - size, 1 + size % 13);
            Check(size, 20, 3);
        }

        // One to three outputs, up to two strips of 12 of the widest vectors and a chunk of inputs beyond.
        for (var width = 16; width <= 26 * 16; width += 16)
        {
            Check(width - 1, 1 + width / 16 % 3, 6);
            Check(width, 1 + width / 16 % 3, 3);
        }

        // Slices of the depth (inputs, samples, outputs), blocks of samples, and both ways of the input gradient with their edges.
        Check(600, 40, 9);
        Check(9, 33, 300);
        Check(40, 600, 7);
        Check(20, 20, 140);
        Check(48, 96, 16);
        Check(112, 64, 32);
        Check(128, 128, 48);
        Check(300, 3, 21);
        Check(1100, 2, 3);
        Check(20, 40, 9, special: true);
        Check(20, 3, 9, special: true);
        Check(48, 96, 16, special: true);

        void Check(int inputs, int outputs, int rows, bool special = false)
        {
            var layer = new DenseLayer(inputs, outputs, 0);
            var generator = new Philox((ulong)(inputs * 10_000 + outputs * 100 + rows));
            using var x = Fill(ref generator, rows, inputs, 1);
            using var delta = Fill(ref generator, rows, outputs, 0);
            using var parameters = new GuardedBlock(layer.End);
            for (var output = 0; output < outputs; output++)
            {
                parameters.Start[layer.BiasOffset(output)] = generator.NextSingle() - 0.5f;
                for (var input = 0; input < inputs; input++)
                {
                    parameters.Start[layer.WeightOffset(input, output)] = generator.NextSingle() - 0.5f;
                }
            }

            if (special)
            {
                // Subnormal numbers are numbers like others; infinity and NaN go where the arithmetic takes them, and nowhere else.
                (x.Start[3], x.Start[5], parameters.Start[layer.WeightOffset(4, 1)]) = (1e-41f, -3e-39f, 1e-40f);
                (delta.Start[1], parameters.Start[layer.WeightOffset(2, 2)]) = (float.PositiveInfinity, float.NegativeInfinity);
                (x.Start[2 * DenseLayer.Stride(inputs)], delta.Start[3 * DenseLayer.Stride(outputs) + 2]) = (float.NaN, 1e-44f);
            }

            check(set, layer, rows, x, parameters, delta);
        }
    }

    private static GuardedBlock Fill(ref Philox generator, int rows, int width, float constant)
    {
        var block = new GuardedBlock(DenseLayer.Pad(rows) * DenseLayer.Stride(width));
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < width; column++)
            {
                block.Start[row * DenseLayer.Stride(width) + column] = generator.NextSingle() - 0.5f;
            }

            block.Start[row * DenseLayer.Stride(width) + width] = constant;
        }

        return block;
    }
}
