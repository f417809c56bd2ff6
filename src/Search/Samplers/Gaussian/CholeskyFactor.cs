using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ApproxCluster.Search;

/// <summary>
/// The lower triangular L of a positive definite matrix A = L L^T, row by row (Cholesky-Banachiewicz), so a matrix that grows by a row costs n^2 / 2, and the bits
/// are those of factoring it whole. Rows lie apart by a multiple of eight.
/// </summary>
internal sealed class CholeskyFactor
{
    /// <summary>Points that are solved for at once in <see cref="SolveBlock"/>.</summary>
    public const int Block = 4 * Lanes.Count;

    private double[] rows;
    private double[] inverses;
    private int stride;

    public CholeskyFactor(int capacity)
    {
        stride = Lanes.Padded(Math.Max(capacity, 1));
        (rows, inverses) = (new double[stride * stride], new double[stride]);
    }

    private CholeskyFactor(CholeskyFactor other, int capacity)
        : this(Math.Max(capacity, other.Size))
    {
        Size = other.Size;
        for (var row = 0; row < Size; row++)
        {
            other.Row(row, row + 1).CopyTo(rows.AsSpan(row * stride));
        }

        other.inverses.AsSpan(0, Size).CopyTo(inverses);
    }

    /// <summary>Rows so far.</summary>
    public int Size { get; private set; }

    /// <summary>A copy with room for more rows.</summary>
    public CholeskyFactor Copy(int capacity) => new(this, capacity);

    /// <summary>Starts anew, with room for a number of rows.</summary>
    public void Clear(int capacity)
    {
        Size = 0;
        if (capacity > stride)
        {
            stride = Lanes.Padded(capacity);
            (rows, inverses) = (new double[stride * stride], new double[stride]);
        }
    }

    /// <summary>Adds a row of A.</summary>
    /// <param name="row">A's entries left of the diagonal, then the diagonal: Size + 1 numbers.</param>
    /// <param name="floor">Least square of the pivot: rounding may leave less than nothing of a nearly dependent row.</param>
    public void Add(ReadOnlySpan<double> row, double floor)
    {
        var target = rows.AsSpan(Size * stride, Size + 1);
        for (var column = 0; column < Size; column++)
        {
            target[column] = (row[column] - Lanes.Dot(Row(column, column), target[..column])) * inverses[column];
        }

        var pivot = Math.Sqrt(Math.Max(floor, row[Size] - Lanes.Dot(target[..Size], target[..Size])));
        target[Size] = pivot;
        inverses[Size] = 1 / pivot;
        Size++;
    }

    /// <summary>The diagonal.</summary>
    public double Pivot(int index) => rows[index * stride + index];

    /// <summary>x = L^-1 x.</summary>
    public void SolveLower(Span<double> x)
    {
        for (var row = 0; row < Size; row++)
        {
            x[row] = (x[row] - Lanes.Dot(Row(row, row), x[..row])) * inverses[row];
        }
    }

    /// <summary>x = L^-T x.</summary>
    public void SolveUpper(Span<double> x)
    {
        for (var row = Size - 1; row >= 0; row--)
        {
            x[row] *= inverses[row];
            Lanes.AddScaled(-x[row], Row(row, row), x[..row]);
        }
    }

    /// <summary>X = L^-1 X for Size rows of <see cref="Block"/> columns, each column in a lane of its own. Rows are taken in pairs, so that what is read of X serves both.</summary>
    public void SolveBlock(Span<double> x)
    {
        ref var first = ref MemoryMarshal.GetReference(x);
        for (var row = 0; row < Size; row += 2)
        {
            // An odd last row is a pair with itself.
            var next = Math.Min(row + 1, Size - 1);
            var (at, then) = (row * Block, next * Block);
            var (x0, x1, x2, x3) = (Lanes.Load(ref first, at), Lanes.Load(ref first, at + 8), Lanes.Load(ref first, at + 16), Lanes.Load(ref first, at + 24));
            var (y0, y1, y2, y3) = (Lanes.Load(ref first, then), Lanes.Load(ref first, then + 8), Lanes.Load(ref first, then + 16), Lanes.Load(ref first, then + 24));
            var upper = Row(row, row);
            var lower = Row(next, row);
            for (var column = 0; column < upper.Length; column++)
            {
                var from = column * Block;
                var (a, b) = (Vector512.Create(upper[column]), Vector512.Create(lower[column]));
                var (z0, z1, z2, z3) = (Lanes.Load(ref first, from), Lanes.Load(ref first, from + 8), Lanes.Load(ref first, from + 16), Lanes.Load(ref first, from + 24));
                x0 = Vector512.FusedMultiplyAdd(-a, z0, x0);
                x1 = Vector512.FusedMultiplyAdd(-a, z1, x1);
                x2 = Vector512.FusedMultiplyAdd(-a, z2, x2);
                x3 = Vector512.FusedMultiplyAdd(-a, z3, x3);
                y0 = Vector512.FusedMultiplyAdd(-b, z0, y0);
                y1 = Vector512.FusedMultiplyAdd(-b, z1, y1);
                y2 = Vector512.FusedMultiplyAdd(-b, z2, y2);
                y3 = Vector512.FusedMultiplyAdd(-b, z3, y3);
            }

            var inverse = Vector512.Create(inverses[row]);
            (x0, x1, x2, x3) = (x0 * inverse, x1 * inverse, x2 * inverse, x3 * inverse);
            x0.StoreUnsafe(ref first, (nuint)at);
            x1.StoreUnsafe(ref first, (nuint)at + 8);
            x2.StoreUnsafe(ref first, (nuint)at + 16);
            x3.StoreUnsafe(ref first, (nuint)at + 24);
            if (next > row)
            {
                var (factor, scale) = (Vector512.Create(-rows[next * stride + row]), Vector512.Create(inverses[next]));
                (Vector512.FusedMultiplyAdd(factor, x0, y0) * scale).StoreUnsafe(ref first, (nuint)then);
                (Vector512.FusedMultiplyAdd(factor, x1, y1) * scale).StoreUnsafe(ref first, (nuint)then + 8);
                (Vector512.FusedMultiplyAdd(factor, x2, y2) * scale).StoreUnsafe(ref first, (nuint)then + 16);
                (Vector512.FusedMultiplyAdd(factor, x3, y3) * scale).StoreUnsafe(ref first, (nuint)then + 24);
            }
        }
    }

    /// <summary>Writes a row of L^-1, (e_row - sum of L_row,j times row j) / L_row,row, where the rows before it are.</summary>
    public void InvertRow(int row, Span<double> inverse, int inverseStride)
    {
        var target = inverse.Slice(row * inverseStride, row + 1);
        target.Clear();
        var left = Row(row, row);
        for (var other = 0; other < row; other++)
        {
            Lanes.AddScaled(-left[other] * inverses[row], inverse.Slice(other * inverseStride, other + 1), target);
        }

        target[row] = inverses[row];
    }

    /// <summary>The rows of A^-1 = L^-T L^-1 left of and on the diagonal, apart by a stride.</summary>
    public void Invert(Span<double> inverse, int inverseStride)
    {
        // Row c of the first is column c of L^-1, which begins on the diagonal.
        var columns = new double[Size * stride];
        for (var column = 0; column < Size; column++)
        {
            var target = columns.AsSpan(column * stride, Size);
            target[column] = inverses[column];
            for (var row = column + 1; row < Size; row++)
            {
                target[row] = -Lanes.Dot(rows.AsSpan(row * stride + column, row - column), target[column..row]) * inverses[row];
            }
        }

        for (var row = 0; row < Size; row++)
        {
            var right = columns.AsSpan(row * stride + row, Size - row);
            for (var column = 0; column <= row; column++)
            {
                inverse[row * inverseStride + column] = Lanes.Dot(columns.AsSpan(column * stride + row, Size - row), right);
            }
        }
    }

    private Span<double> Row(int row, int length) => rows.AsSpan(row * stride, length);
}
