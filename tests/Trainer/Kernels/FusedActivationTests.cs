namespace ApproxCluster.Trainer.Tests;

/// <summary>Products with an activation or its derivative, of few inputs (or outputs) and just more, against plain loops and the scalar functions, bit for bit.</summary>
public unsafe class FusedActivationTests
{
    public static TheoryData<int, ActivationKind> Cases
    {
        get
        {
            var cases = new TheoryData<int, ActivationKind>();
            foreach (var set in KernelSet.Available())
            {
                foreach (var kind in Enum.GetValues<ActivationKind>().Where(kind => kind != ActivationKind.Sine))
                {
                    cases.Add(set.VectorBits, kind);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Forward_FewInputs_IsTheFunctionOfTheSums(int bits, ActivationKind kind)
    {
        var activation = Activation.From(new ActivationConfiguration(kind));
        ForEverySize(bits, (set, few, many, rows) =>
        {
            var layer = new DenseLayer(few, many + DenseLayer.NarrowOutputs, 0);
            var (xStride, yStride) = (DenseLayer.Stride(layer.Inputs), DenseLayer.Stride(layer.Outputs));
            using var x = Fill(DenseLayer.Pad(rows) * xStride);
            using var parameters = Fill(layer.End);
            using var y = new GuardedBlock(DenseLayer.Pad(rows) * yStride);
            set.Forward(layer, parameters.Start, activation, x.Start, xStride, y.Start, yStride, null, rows);
            for (var row = 0; row < rows; row++)
            {
                for (var output = 0; output < layer.Outputs; output++)
                {
                    var sum = parameters.Start[layer.BiasOffset(output)];
                    for (var input = 0; input < few; input++)
                    {
                        sum = MathF.FusedMultiplyAdd(x.Start[row * xStride + input], parameters.Start[layer.WeightOffset(input, output)], sum);
                    }

                    Assert.Equal(Function(activation, sum), y.Start[row * yStride + output]);
                }
            }
        });
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void InputGradient_FewOutputs_IsTheSumTimesTheDerivative(int bits, ActivationKind kind)
    {
        var activation = Activation.From(new ActivationConfiguration(kind));
        ForEverySize(bits, (set, few, many, rows) =>
        {
            var layer = new DenseLayer(many, few, 0);
            var (stride, deltaStride) = (DenseLayer.Stride(layer.Inputs), DenseLayer.Stride(layer.Outputs));
            using var kept = Fill(DenseLayer.Pad(rows) * stride);
            using var delta = Fill(DenseLayer.Pad(rows) * deltaStride);
            using var parameters = Fill(layer.End);
            using var gradient = new GuardedBlock(DenseLayer.Pad(rows) * stride);
            using var scratch = new GuardedBlock(KernelSet.ScratchFloats(few));
            set.InputGradient(layer, new GradientOperands
            {
                Parameters = parameters.Start,
                Delta = delta.Start,
                DeltaStride = deltaStride,
                Gradient = gradient.Start,
                Stride = stride,
                Kept = kept.Start,
                Rows = rows,
                Previous = activation,
                Scratch = scratch.Start,
            });
            for (var row = 0; row < rows; row++)
            {
                for (var input = 0; input < many; input++)
                {
                    var sum = 0f;
                    for (var output = 0; output < few; output++)
                    {
                        sum = MathF.FusedMultiplyAdd(delta.Start[row * deltaStride + output], parameters.Start[layer.WeightOffset(input, output)], sum);
                    }

                    Assert.Equal(Derivative(activation, sum, kept.Start[row * stride + input]), gradient.Start[row * stride + input]);
                }
            }
        });
    }

    private static void ForEverySize(int bits, Action<KernelSet, int, int, int> check)
    {
        var set = KernelSet.Choose(FormattableString.Invariant($"{bits}"));
        for (var few = 1; few <= 6; few++)
        {
            for (var many = 1; many <= 70; many += 3)
            {
                check(set, few, many, 1 + many % 17);
            }

            check(set, few, 32, 130);
        }
    }

    private static GuardedBlock Fill(nint floats)
    {
        var block = new GuardedBlock(floats);
        var generator = new Philox((ulong)floats);
        for (nint i = 0; i < floats; i++)
        {
            block.Start[i] = 4 * generator.NextSingle() - 2;
        }

        return block;
    }

    private static float Function(Activation activation, float z) => activation.Kind switch
    {
        ActivationKind.Relu => z > 0 ? z : 0,
        ActivationKind.LeakyRelu => z > 0 ? z : z * activation.Slope,
        ActivationKind.Tanh => Elementary<SimdScalar>.Tanh(new(z)).Value,
        ActivationKind.Sigmoid => Elementary<SimdScalar>.Sigmoid(new(z)).Value,
        _ => z,
    };

    private static float Derivative(Activation activation, float sum, float a) => activation.Kind switch
    {
        ActivationKind.Relu => a > 0 ? sum : 0,
        ActivationKind.LeakyRelu => a > 0 ? sum : sum * activation.Slope,
        ActivationKind.Tanh => sum * MathF.FusedMultiplyAdd(-a, a, 1),
        ActivationKind.Sigmoid => sum * (a * (1 - a)),
        _ => sum,
    };
}
