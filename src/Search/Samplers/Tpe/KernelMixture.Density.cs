using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ApproxCluster.Search;

/// <content>
/// The density of many points at once. All kernels count, but those whose exponent lies 50 below the prior kernel's are passed over: 100,000 of them would change nothing in
/// double precision. Sums run over the slots four apart, then over the four in a tree.
/// </content>
internal sealed partial class KernelMixture
{
    private const double Negligible = 50;

    private readonly KernelBlocks blocks;
    private (double Hit, double Miss)[] logChoices = [];
    private double smoothing;

    /// <summary>The logarithms of the mixture's density at points, but for a constant.</summary>
    /// <param name="points">Points, one after the other, each with a number for every column; they stand for values exactly.</param>
    /// <param name="logs">The logarithms; a multiple of four.</param>
    public void LogDensities(double[] points, Span<double> logs)
    {
        for (var from = 0; from < logs.Length; from += 4)
        {
            Four(points, from * columns.Count, logs.Slice(from, 4));
        }
    }

    /// <summary>Four points against all kernels: a block's numbers are loaded once for the four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Four(double[] points, int p0, Span<double> logs)
    {
        var (width, lanes) = (columns.Count, KernelBlocks.Lanes);
        var (p1, p2, p3) = (p0 + width, p0 + 2 * width, p0 + 3 * width);
        var (prior0, prior1, prior2, prior3) = (PriorLog(points, p0), PriorLog(points, p1), PriorLog(points, p2), PriorLog(points, p3));
        var (least0, least1, least2, least3) = (Least(prior0), Least(prior1), Least(prior2), Least(prior3));
        Vector256<double> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        var (values, factors, weights, shifts) = (blocks.Kernels, blocks.Factors, blocks.Weights, Vector256.Create(shift));
        var (at, isContinuous) = (0, stepped.Length + categorical.Length == 0);
        for (var block = 0; block < blocks.Blocks; block++)
        {
            Vector256<double> z0 = default, z1 = default, z2 = default, z3 = default;
            foreach (var place in continuous)
            {
                var inverse = KernelBlocks.Load(values, at);
                var offset = KernelBlocks.Load(values, at + lanes);
                at += 2 * lanes;
                var t0 = Vector256.FusedMultiplyAdd(inverse, Vector256.Create(points[p0 + place]), offset);
                var t1 = Vector256.FusedMultiplyAdd(inverse, Vector256.Create(points[p1 + place]), offset);
                var t2 = Vector256.FusedMultiplyAdd(inverse, Vector256.Create(points[p2 + place]), offset);
                var t3 = Vector256.FusedMultiplyAdd(inverse, Vector256.Create(points[p3 + place]), offset);
                z0 = Vector256.FusedMultiplyAdd(t0, t0, z0);
                z1 = Vector256.FusedMultiplyAdd(t1, t1, z1);
                z2 = Vector256.FusedMultiplyAdd(t2, t2, z2);
                z3 = Vector256.FusedMultiplyAdd(t3, t3, z3);
            }

            var factor = KernelBlocks.Load(factors, block * lanes) - shifts;
            var (e0, e1, e2, e3) = (factor - z0, factor - z1, factor - z2, factor - z3);
            if (!Vector256.GreaterThanAny(Vector256.Max(Vector256.Max(e0 - least0, e1 - least1), Vector256.Max(e2 - least2, e3 - least3)), Vector256<double>.Zero))
            {
                continue;
            }

            if (!isContinuous)
            {
                (e0, e1) = (Discrete(block, points, p0, e0, least0), Discrete(block, points, p1, e1, least1));
                (e2, e3) = (Discrete(block, points, p2, e2, least2), Discrete(block, points, p3, e3, least3));
            }

            var weight = KernelBlocks.Load(weights, block * lanes);
            sum0 = Added(sum0, weight, e0, least0);
            sum1 = Added(sum1, weight, e1, least1);
            sum2 = Added(sum2, weight, e2, least2);
            sum3 = Added(sum3, weight, e3, least3);
        }

        (logs[0], logs[1], logs[2], logs[3]) = (Log(prior0, sum0), Log(prior1, sum1), Log(prior2, sum2), Log(prior3, sum3));
    }

    /// <summary>Adds kernels to a point's sums, unless none counts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Added(Vector256<double> sum, Vector256<double> weight, Vector256<double> exponent, Vector256<double> least) =>
        Vector256.GreaterThanAny(exponent, least) ? Vector256.FusedMultiplyAdd(weight, FastMath.Exp(exponent), sum) : sum;

    private static Vector256<double> Least(double prior) => Vector256.Create(Math.Max(-690, prior - Negligible));

    private double Log(double prior, Vector256<double> sum) =>
        FastMath.Log(priorWeight * FastMath.Exp(prior) + (sum[0] + sum[1] + (sum[2] + sum[3])));

    /// <summary>The exponents with what choices and steps add, which is never above 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Vector256<double> Discrete(int block, double[] points, int point, Vector256<double> exponent, Vector256<double> least)
    {
        if (!Vector256.GreaterThanAny(exponent, least))
        {
            return exponent;
        }

        var lanes = KernelBlocks.Lanes;
        for (var index = 0; index < categorical.Length; index++)
        {
            var choices = KernelBlocks.Load(blocks.Choices, (block * categorical.Length + index) * lanes);
            var (hit, miss) = logChoices[index];
            var isHit = Vector256.Equals(choices, Vector256.Create(points[point + categorical[index]]));
            exponent += Vector256.ConditionalSelect(isHit, Vector256.Create(hit), Vector256.Create(miss));
        }

        for (var index = 0; index < stepped.Length && Vector256.GreaterThanAny(exponent, least); index++)
        {
            var masses = kernels[stepped[index]]!.Masses!;
            var cell = masses.Cell(points[point + stepped[index]]);
            var at = (block * stepped.Length + index) * lanes;
            var (cells, rows, logs) = (blocks.Cells, blocks.Rows, masses.Logs);
            exponent += Vector256.Create(
                logs[rows[at] + Math.Abs(cells[at] - cell)],
                logs[rows[at + 1] + Math.Abs(cells[at + 1] - cell)],
                logs[rows[at + 2] + Math.Abs(cells[at + 2] - cell)],
                logs[rows[at + 3] + Math.Abs(cells[at + 3] - cell)]);
        }

        return exponent;
    }

    private double PriorLog(double[] points, int point)
    {
        var sum = -shift;
        for (var place = 0; place < kernels.Length; place++)
        {
            sum += kernels[place]?.PriorLog(points[point + place]) ?? -FastMath.Log(columns[place].Count!.Value);
        }

        return sum;
    }
}
