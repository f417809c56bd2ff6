using System.Runtime.Intrinsics;
using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// The expectation of the largest of lines height + slope Z, Z standard normal (P. Frazier, W. Powell and S. Dayanik, "The knowledge-gradient policy for correlated normal beliefs",
/// INFORMS Journal on Computing 21, 2009, section 4.1): with c_i where one line of the upper envelope follows another of slope larger by D_i, it is the largest height plus the sum of
/// D_i h(-|c_i|), h as in <see cref="LogExpectedImprovement"/>.
/// </summary>
/// <param name="capacity">Most lines.</param>
internal sealed class LineEnvelope(int capacity)
{
    // Slopes are deviations of outputs, which are of size 1: nearer ones are told apart by rounding alone.
    private const double Parallel = 1e-14;

    // Whole vectors are read from the second on.
    private readonly double[] crossings = new double[Lanes.Padded(capacity) + 1];
    private readonly double[] differences = new double[Lanes.Padded(capacity)];
    private readonly double[] logs = new double[Lanes.Padded(capacity)];
    private readonly double[] shares = new double[Lanes.Padded(capacity)];
    private readonly int[] order = [.. Enumerable.Range(0, capacity)];
    private readonly int[] hull = new int[capacity];

    /// <summary>The logarithm of how much the expectation is above a height that is at most the largest.</summary>
    /// <param name="heights">Heights of the lines.</param>
    /// <param name="slopes">Slopes of the lines.</param>
    /// <param name="from">What it is above of.</param>
    /// <param name="byHeight">Its derivatives by the heights; empty where not asked for.</param>
    /// <param name="bySlope">Its derivatives by the slopes; empty where not asked for.</param>
    public double LogGain(ReadOnlySpan<double> heights, ReadOnlySpan<double> slopes, double from, Span<double> byHeight, Span<double> bySlope)
    {
        var count = Hull(heights, slopes);
        var most = double.NegativeInfinity;
        var top = 0;
        for (var index = 0; index + 1 < count; index++)
        {
            top = crossings[index + 1] < 0 ? index + 1 : top;
            differences[index] = slopes[hull[index + 1]] - slopes[hull[index]];
        }

        for (var index = 0; index + 1 < count; index += Lanes.Count)
        {
            var (log, share) = LogExpectedImprovement.LogH(-Vector512.Abs(Vector512.Create(crossings, index + 1)));
            (log + LaneMath.Log(Vector512.Create(differences, index))).CopyTo(logs, index);
            share.CopyTo(shares, index);
        }

        for (var index = 0; index + 1 < count; index++)
        {
            most = Math.Max(most, logs[index]);
        }

        var certain = heights[hull[top]] - from;
        var last = certain > 0 ? PortableMath.Log(certain) : double.NegativeInfinity;
        most = Math.Max(most, last);
        byHeight.Clear();
        bySlope.Clear();
        if (double.IsNegativeInfinity(most))
        {
            return most;
        }

        for (var index = 0; index + 1 < count; index += Lanes.Count)
        {
            LaneMath.Exp(Vector512.Create(logs, index) - Vector512.Create(most)).CopyTo(logs, index);
        }

        var sum = certain > 0 ? PortableMath.Exp(last - most) : 0;
        for (var index = 0; index + 1 < count; index++)
        {
            sum += logs[index];
        }

        if (byHeight.Length > 0)
        {
            if (certain > 0)
            {
                byHeight[hull[top]] += PortableMath.Exp(-most) / sum;
            }

            for (var index = 0; index + 1 < count; index++)
            {
                // d (D h(-|c|)) = phi(c) dD + Phi(-|c|) d(height of the line away from 0 - height of the line on 0's side).
                var c = crossings[index + 1];
                var weight = logs[index] / (sum * differences[index]);
                var density = weight * (1 + Math.Abs(c) * shares[index]);
                var tail = weight * shares[index] * (c < 0 ? -1 : 1);
                byHeight[hull[index + 1]] += tail;
                byHeight[hull[index]] -= tail;
                bySlope[hull[index + 1]] += density;
                bySlope[hull[index]] -= density;
            }
        }

        return most + PortableMath.Log(sum);
    }

    /// <summary>Lines that are the largest somewhere, by rising slope; each has where it follows the one before.</summary>
    private int Hull(ReadOnlySpan<double> heights, ReadOnlySpan<double> slopes)
    {
        Sort(slopes);
        var count = 0;
        for (var index = 0; index < heights.Length; index++)
        {
            var line = order[index];
            var crossing = double.NegativeInfinity;
            while (count > 0)
            {
                var before = hull[count - 1];
                var difference = slopes[line] - slopes[before];
                if (difference < Parallel)
                {
                    if (heights[line] <= heights[before])
                    {
                        crossing = double.NaN;
                        break;
                    }

                    count--;
                    crossing = double.NegativeInfinity;
                    continue;
                }

                crossing = (heights[before] - heights[line]) / difference;
                if (crossing > crossings[count - 1])
                {
                    break;
                }

                count--;
                crossing = double.NegativeInfinity;
            }

            if (!double.IsNaN(crossing))
            {
                hull[count] = line;
                crossings[count++] = crossing;
            }
        }

        return count;
    }

    /// <summary>Lines by rising slope, of equal ones the first first: by insertion, from the last order on, which is close where the lines are those of a point nearby.</summary>
    private void Sort(ReadOnlySpan<double> slopes)
    {
        for (var index = 1; index < slopes.Length; index++)
        {
            var line = order[index];
            var slope = slopes[line];
            var at = index;
            for (; at > 0 && (slopes[order[at - 1]] > slope || (slopes[order[at - 1]] == slope && order[at - 1] > line)); at--)
            {
                order[at] = order[at - 1];
            }

            order[at] = line;
        }
    }
}
