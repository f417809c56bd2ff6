using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ApproxCluster.Search;

/// <summary>
/// The inverse of the L of a <see cref="CholeskyFactor"/>, for models that are asked about some hundred points one by one: in a product with it no element waits for the one before, as in a substitution,
/// and the error has a bound of the same kind (J. Du Croz and N. Higham, "Stability of methods for matrix inversion", IMA Journal of Numerical Analysis 12, 1992, section 2). Rows lie apart by a multiple
/// of eight, with zeros right of the diagonal.
/// </summary>
internal sealed class InverseFactor
{
    private readonly double[] rows;
    private readonly int size;
    private readonly int stride;

    /// <summary>Inverts a factor, row by row.</summary>
    public InverseFactor(CholeskyFactor factor)
    {
        (size, stride) = (factor.Size, Lanes.Padded(factor.Size));
        rows = new double[size * stride];
        for (var row = 0; row < size; row++)
        {
            factor.InvertRow(row, rows, stride);
        }
    }

    /// <summary>y = L^-1 x. What follows x up to whole vectors must be finite, and has no part in it.</summary>
    public void Lower(ReadOnlySpan<double> x, Span<double> y)
    {
        for (var row = 0; row < size; row++)
        {
            var length = Lanes.Padded(row + 1);
            y[row] = Lanes.Dot(rows.AsSpan(row * stride, length), x[..length]);
        }
    }

    /// <summary>x = L^-T y, written in whole vectors. Every element is a sum down its column.</summary>
    public void Upper(ReadOnlySpan<double> y, Span<double> x)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(rows);
        ref var target = ref MemoryMarshal.GetReference(x);
        var column = 0;
        for (; column + 4 * Lanes.Count <= stride; column += 4 * Lanes.Count)
        {
            var (x0, x1, x2, x3) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
            for (var row = column; row < size; row++)
            {
                var (at, factor) = (row * stride + column, Vector512.Create(y[row]));
                x0 = Vector512.FusedMultiplyAdd(factor, Lanes.Load(ref first, at), x0);
                x1 = Vector512.FusedMultiplyAdd(factor, Lanes.Load(ref first, at + 8), x1);
                x2 = Vector512.FusedMultiplyAdd(factor, Lanes.Load(ref first, at + 16), x2);
                x3 = Vector512.FusedMultiplyAdd(factor, Lanes.Load(ref first, at + 24), x3);
            }

            x0.StoreUnsafe(ref target, (nuint)column);
            x1.StoreUnsafe(ref target, (nuint)column + 8);
            x2.StoreUnsafe(ref target, (nuint)column + 16);
            x3.StoreUnsafe(ref target, (nuint)column + 24);
        }

        for (; column < stride; column += Lanes.Count)
        {
            var sum = Vector512<double>.Zero;
            for (var row = column; row < size; row++)
            {
                sum = Vector512.FusedMultiplyAdd(Vector512.Create(y[row]), Lanes.Load(ref first, row * stride + column), sum);
            }

            sum.StoreUnsafe(ref target, (nuint)column);
        }
    }
}
