using System.Runtime.Intrinsics;

namespace ApproxCluster.Search;

/// <content>
/// The density of many points at once. All kernels count, but those whose exponent lies 60 below the prior kernel's are passed over: 10^10 of them would change nothing in
/// double precision. Sums run over the slots four apart, then over the four in a tree.
/// </content>
internal sealed partial class KernelMixture
{
    private const double Negligible = 60;

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
            Four(points, from, logs.Slice(from, 4));
        }
    }

    private void Four(double[] points, int from, Span<double> logs)
    {
        var (width, lanes) = (columns.Count, KernelBlocks.Lanes);
        Span<double> prior = [PriorLog(points.AsSpan(from * width, width)), PriorLog(points.AsSpan((from + 1) * width, width)), PriorLog(points.AsSpan((from + 2) * width, width)), PriorLog(points.AsSpan((from + 3) * width, width))];
        Span<Vector256<double>> thresholds = [Threshold(prior[0]), Threshold(prior[1]), Threshold(prior[2]), Threshold(prior[3])];
        Span<Vector256<double>> sums = [default, default, default, default];
        Span<Vector256<double>> exponents = stackalloc Vector256<double>[4];
        var (p0, p1, p2, p3) = (from * width, (from + 1) * width, (from + 2) * width, (from + 3) * width);
        var (kernelArray, shifts) = (blocks.Kernels, Vector256.Create(shift));
        for (var block = 0; block < blocks.Blocks; block++)
        {
            Vector256<double> z0 = default, z1 = default, z2 = default, z3 = default;
            var at = block * continuous.Length * 2 * lanes;
            foreach (var place in continuous)
            {
                var inverse = KernelBlocks.Load(kernelArray, at);
                var offset = KernelBlocks.Load(kernelArray, at + lanes);
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

            var factor = KernelBlocks.Load(blocks.Factors, block * lanes) - shifts;
            (exponents[0], exponents[1], exponents[2], exponents[3]) = (factor - z0, factor - z1, factor - z2, factor - z3);
            for (var point = 0; point < 4; point++)
            {
                if (Vector256.GreaterThanAny(exponents[point], thresholds[point]))
                {
                    AddBlock(block, points, (from + point) * width, exponents[point], thresholds[point], ref sums[point]);
                }
            }
        }

        for (var point = 0; point < 4; point++)
        {
            var sum = sums[point];
            logs[point] = FastMath.Log(priorWeight * FastMath.Exp(prior[point]) + (sum[0] + sum[1] + (sum[2] + sum[3])));
        }
    }

    /// <summary>Adds what a block's kernels that may count give to a point.</summary>
    private void AddBlock(int block, double[] points, int point, Vector256<double> exponent, Vector256<double> threshold, ref Vector256<double> sum)
    {
        var lanes = KernelBlocks.Lanes;
        for (var index = 0; index < categorical.Length; index++)
        {
            var place = categorical[index];
            var choices = KernelBlocks.Load(blocks.Choices, (block * categorical.Length + index) * lanes);
            var (hit, miss) = logChoices[index];
            exponent += Vector256.ConditionalSelect(Vector256.Equals(choices, Vector256.Create(points[point + place])), Vector256.Create(hit), Vector256.Create(miss));
        }

        for (var index = 0; index < stepped.Length; index++)
        {
            if (!Vector256.GreaterThanAny(exponent, threshold))
            {
                return;
            }

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

        if (Vector256.GreaterThanAny(exponent, threshold))
        {
            sum = Vector256.FusedMultiplyAdd(KernelBlocks.Load(blocks.Weights, block * lanes), FastMath.Exp(exponent), sum);
        }
    }

    private static Vector256<double> Threshold(double prior) => Vector256.Create(Math.Max(-690, prior - Negligible));

    private double PriorLog(ReadOnlySpan<double> point)
    {
        var sum = -shift;
        for (var place = 0; place < point.Length; place++)
        {
            sum += kernels[place]?.PriorLog(point[place]) ?? -FastMath.Log(columns[place].Count!.Value);
        }

        return sum;
    }
}
