using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ApproxCluster.Search;

/// <summary>
/// The Matern kernel with nu = 5/2 and a scale for each dimension: k(r) = (1 + sqrt5 r + 5/3 r^2) e^(-sqrt5 r), r^2 = sum of s_t d_t^2, where d_t is the difference of two numbers,
/// or 0 or 1 for equal or unequal choices (Hamming); s_t = 1 / length scale^2. Choices are points of a simplex then, so k stays positive definite.
/// </summary>
internal sealed class MaternKernel(bool[] isCategorical)
{
    private static readonly double RootFive = Math.Sqrt(5);

    /// <summary>Dimensions.</summary>
    public int Dimensions => isCategorical.Length;

    /// <summary>k between a point and the first points of a set, and dk / d(r^2); both are written in whole vectors.</summary>
    public void Row(PointSet points, int count, ReadOnlySpan<double> point, ReadOnlySpan<double> scales, Span<double> values, Span<double> slopes)
    {
        var padded = Lanes.Padded(count);
        values[..padded].Clear();
        ref var target = ref MemoryMarshal.GetReference(values);
        ref var slope = ref MemoryMarshal.GetReference(slopes);
        for (var dimension = 0; dimension < isCategorical.Length; dimension++)
        {
            ref var numbers = ref MemoryMarshal.GetReference(points.Coordinates(dimension));
            var at = Vector512.Create(point[dimension]);
            var scale = Vector512.Create(scales[dimension]);
            for (var index = 0; index < padded; index += Lanes.Count)
            {
                var sum = Vector512.FusedMultiplyAdd(scale, SquaredDifference(dimension, at, Lanes.Load(ref numbers, index)), Lanes.Load(ref target, index));
                sum.StoreUnsafe(ref target, (nuint)index);
            }
        }

        for (var index = 0; index < padded; index += Lanes.Count)
        {
            Value(Lanes.Load(ref target, index), out var value, out var derivative);
            value.StoreUnsafe(ref target, (nuint)index);
            derivative.StoreUnsafe(ref slope, (nuint)index);
        }
    }

    /// <summary>k between the points of a set and a block of points.</summary>
    /// <param name="points">The set.</param>
    /// <param name="block">Coordinates of the block's points, dimension by dimension, <see cref="CholeskyFactor.Block"/> each.</param>
    /// <param name="scales">s_t.</param>
    /// <param name="values">A row for each point of the set, a column for each of the block.</param>
    public void Block(PointSet points, ReadOnlySpan<double> block, ReadOnlySpan<double> scales, Span<double> values)
    {
        ref var first = ref MemoryMarshal.GetReference(block);
        ref var target = ref MemoryMarshal.GetReference(values);
        Span<double> point = stackalloc double[isCategorical.Length];
        for (var row = 0; row < points.Count; row++)
        {
            points.CopyTo(row, point);
            var (r0, r1, r2, r3) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
            for (var dimension = 0; dimension < point.Length; dimension++)
            {
                var at = Vector512.Create(point[dimension]);
                var scale = Vector512.Create(scales[dimension]);
                var from = dimension * CholeskyFactor.Block;
                r0 = Vector512.FusedMultiplyAdd(scale, SquaredDifference(dimension, at, Lanes.Load(ref first, from)), r0);
                r1 = Vector512.FusedMultiplyAdd(scale, SquaredDifference(dimension, at, Lanes.Load(ref first, from + 8)), r1);
                r2 = Vector512.FusedMultiplyAdd(scale, SquaredDifference(dimension, at, Lanes.Load(ref first, from + 16)), r2);
                r3 = Vector512.FusedMultiplyAdd(scale, SquaredDifference(dimension, at, Lanes.Load(ref first, from + 24)), r3);
            }

            var to = (nuint)(row * CholeskyFactor.Block);
            Value(r0, out r0, out _);
            Value(r1, out r1, out _);
            Value(r2, out r2, out _);
            Value(r3, out r3, out _);
            r0.StoreUnsafe(ref target, to);
            r1.StoreUnsafe(ref target, to + 8);
            r2.StoreUnsafe(ref target, to + 16);
            r3.StoreUnsafe(ref target, to + 24);
        }
    }

    /// <summary>Sum over the first points of weight_i d_it^2, for each dimension t, added to the totals.</summary>
    public void AddSquares(PointSet points, int count, ReadOnlySpan<double> point, ReadOnlySpan<double> weights, Span<double> totals)
    {
        ref var weight = ref MemoryMarshal.GetReference(weights);
        for (var dimension = 0; dimension < isCategorical.Length; dimension++)
        {
            ref var numbers = ref MemoryMarshal.GetReference(points.Coordinates(dimension));
            var at = Vector512.Create(point[dimension]);
            var sum = Vector512<double>.Zero;
            for (var index = 0; index < count; index += Lanes.Count)
            {
                sum = Vector512.FusedMultiplyAdd(Lanes.Load(ref weight, index), SquaredDifference(dimension, at, Lanes.Load(ref numbers, index)), sum);
            }

            totals[dimension] += Lanes.Sum(sum);
        }
    }

    /// <summary>Sum over the points of weight_i (x_t - x_it) for a numeric dimension t.</summary>
    public static double WeightedDifference(PointSet points, int dimension, double at, ReadOnlySpan<double> weights)
    {
        ref var weight = ref MemoryMarshal.GetReference(weights);
        ref var numbers = ref MemoryMarshal.GetReference(points.Coordinates(dimension));
        var here = Vector512.Create(at);
        var sum = Vector512<double>.Zero;
        for (var index = 0; index < points.Count; index += Lanes.Count)
        {
            sum = Vector512.FusedMultiplyAdd(Lanes.Load(ref weight, index), here - Lanes.Load(ref numbers, index), sum);
        }

        return Lanes.Sum(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Value(Vector512<double> square, out Vector512<double> value, out Vector512<double> slope)
    {
        var distance = Vector512.Sqrt(square) * Vector512.Create(RootFive);
        var decay = LaneMath.Exp(-distance);
        var linear = Vector512.Create(1.0) + distance;
        value = Vector512.FusedMultiplyAdd(square, Vector512.Create(5.0 / 3), linear) * decay;
        slope = Vector512.Create(-5.0 / 6) * linear * decay;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<double> SquaredDifference(int dimension, Vector512<double> a, Vector512<double> b)
    {
        if (isCategorical[dimension])
        {
            return Vector512.ConditionalSelect(Vector512.Equals(a, b), Vector512<double>.Zero, Vector512.Create(1.0));
        }

        var difference = a - b;
        return difference * difference;
    }
}
