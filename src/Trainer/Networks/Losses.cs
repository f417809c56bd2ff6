using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>
/// Losses from logits: their gradient for a batch (mean over its samples), and their sum with the metric's over samples in sequence, in double. Cross-entropies are
/// computed from logits, so a sure and wrong answer costs a finite number.
/// </summary>
internal sealed unsafe class Losses(KernelSet kernels, LossKind loss, int outputs, int rows)
{
    private readonly float[] largest = new float[rows];
    private readonly double[] sums = new double[rows];

    /// <summary>Writes rows first..first+count-1 of delta [rows][stride] for a batch of samples picked by index; padding stays 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Gradient(Samples samples, ReadOnlySpan<int> picked, int first, int count, float* z, float* delta, nint stride)
    {
        var end = first + count;
        var share = (float)(1.0 / picked.Length);
        switch (loss)
        {
            case LossKind.SoftmaxCrossEntropy:
                Softmax(z, delta, stride, first, count);
                for (var row = first; row < end; row++)
                {
                    var d = delta + row * stride;
                    d[samples.Labels![picked[row]]] -= 1;
                    for (var output = 0; output < outputs; output++)
                    {
                        d[output] *= share;
                    }
                }

                break;
            case LossKind.BinaryCrossEntropy:
                for (var row = first; row < end; row++)
                {
                    delta[row * stride] = (float)((PortableSigmoid(z[row * stride]) - samples.Labels![picked[row]]) * share);
                }

                break;
            default:
                SquaredGradient(samples, picked, first, end, z, delta, stride);
                break;
        }
    }

    /// <summary>Computes what <see cref="Accumulate"/> needs of rows first..first+count-1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Prepare(int first, int count, float* z, float* probabilities, nint stride)
    {
        if (loss == LossKind.SoftmaxCrossEntropy)
        {
            Softmax(z, probabilities, stride, first, count);
        }
    }

    /// <summary>Adds losses and metric parts (squared errors, or right answers) of samples first..first+count-1, which are the first rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Accumulate(Samples samples, int first, int count, float* z, nint stride, ref double lossSum, ref double metricSum)
    {
        if (loss == LossKind.MeanSquaredError)
        {
            lossSum = SquaredErrors(samples, first, count, z, stride, lossSum);
            return;
        }

        for (var row = 0; row < count; row++)
        {
            var logits = new ReadOnlySpan<float>(z + row * stride, outputs);
            switch (loss)
            {
                case LossKind.SoftmaxCrossEntropy:
                    var label = samples.Labels![first + row];
                    lossSum += PortableMath.Log(sums[row]) - ((double)logits[label] - largest[row]);
                    metricSum += LargestIndex(logits) == label ? 1 : 0;
                    break;
                case LossKind.BinaryCrossEntropy:
                    var truth = samples.Labels![first + row];
                    double logit = logits[0];
                    lossSum += Math.Max(logit, 0) - logit * truth + PortableMath.Log(1 + PortableMath.Exp(-Math.Abs(logit)));
                    metricSum += (logit > 0 ? 1 : 0) == truth ? 1 : 0;
                    break;
            }
        }
    }

    /// <summary>Turns logits into what the user sees: probabilities for classification.</summary>
    public void Finish(float* z, float* result, nint stride, int count)
    {
        if (loss == LossKind.SoftmaxCrossEntropy)
        {
            Softmax(z, result, stride, 0, count);
            return;
        }

        for (var row = 0; row < count; row++)
        {
            for (var output = 0; output < outputs; output++)
            {
                var logit = z[row * stride + output];
                result[row * stride + output] = loss == LossKind.BinaryCrossEntropy ? (float)PortableSigmoid(logit) : logit;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SquaredGradient(Samples samples, ReadOnlySpan<int> picked, int first, int end, float* z, float* delta, nint stride)
    {
        var factor = (float)(2.0 / (picked.Length * (long)outputs));
        fixed (float* values = samples.Values)
        {
            fixed (int* numbers = picked)
            {
                for (var output = 0; output < outputs; output++)
                {
                    var at = z + first * stride + output;
                    var to = delta + first * stride + output;
                    for (var row = first; row < end; row++, at += stride, to += stride)
                    {
                        *to = (*at - values[(nint)numbers[row] * outputs + output]) * factor;
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double SquaredErrors(Samples samples, int first, int count, float* z, nint stride, double sum)
    {
        fixed (float* values = samples.Values)
        {
            var y = values + (nint)first * outputs;
            for (var row = 0; row < count; row++, z += stride)
            {
                for (var output = 0; output < outputs; output++, y++)
                {
                    var error = (double)z[output] - *y;
                    sum += error * error;
                }
            }
        }

        return sum;
    }

    private static double PortableSigmoid(double z)
    {
        var small = PortableMath.Exp(-Math.Abs(z));
        return z >= 0 ? 1 / (1 + small) : small / (1 + small);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int LargestIndex(ReadOnlySpan<float> values)
    {
        var best = 0;
        for (var i = 1; i < values.Length; i++)
        {
            best = values[i] > values[best] ? i : best;
        }

        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Softmax(float* z, float* probabilities, nint stride, int first, int count)
    {
        fixed (float* most = largest)
        {
            fixed (double* sum = sums)
            {
                kernels.Softmax(z + first * stride, stride, count, outputs, probabilities + first * stride, stride, most + first, sum + first);
            }
        }
    }
}
