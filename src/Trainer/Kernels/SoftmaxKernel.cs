using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>
/// p = e^(z - max) / sum. The exponentials run in vectors; the sum over the outputs runs in sequence in double, its reciprocal is
/// rounded to float once. A row with NaN, or whose largest logit is infinite, becomes NaN throughout.
/// </summary>
internal static unsafe class SoftmaxKernel<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(
        float* z, nint stride, int rows, int outputs, float* probabilities, nint probabilityStride, float* largest, double* sums)
    {
        var columns = DenseLayer.Pad(outputs);
        for (var row = 0; row < rows; row++, z += stride, probabilities += probabilityStride)
        {
            var most = z[0];
            for (var output = 1; output < outputs; output++)
            {
                // Written so that a NaN, once met, stays.
                most = z[output] <= most ? most : z[output] > most ? z[output] : float.NaN;
            }

            var shift = TSimd.Broadcast(most);
            for (var column = 0; column < columns; column += TSimd.Lanes)
            {
                TSimd.Store(Elementary<TSimd>.Exp(TSimd.Load(z + column) - shift), probabilities + column);
            }

            double sum = 0;
            for (var output = 0; output < outputs; output++)
            {
                sum += probabilities[output];
            }

            for (var column = outputs; column < columns; column++)
            {
                probabilities[column] = 0;
            }

            var reciprocal = TSimd.Broadcast((float)(1 / sum));
            for (var column = 0; column < columns; column += TSimd.Lanes)
            {
                TSimd.Store(TSimd.Load(probabilities + column) * reciprocal, probabilities + column);
            }

            largest[row] = most;
            sums[row] = sum;
        }
    }
}
