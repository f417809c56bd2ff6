namespace ApproxCluster.Search;

/// <summary>
/// Eigenvalues and eigenvectors of a symmetric matrix by Jacobi's cyclic rotations (Golub and Van Loan, "Matrix computations", 4th edition, section 8.5.3), in one fixed sequence.
/// </summary>
internal static class SymmetricEigen
{
    private const int MaximumSweeps = 60;

    /// <summary>Eigenvalues, and eigenvectors in the columns, in no order. The matrix is destroyed.</summary>
    public static (double[] Values, double[,] Vectors) Of(double[,] matrix)
    {
        var size = matrix.GetLength(0);
        var vectors = new double[size, size];
        for (var index = 0; index < size; index++)
        {
            vectors[index, index] = 1;
        }

        for (var sweep = 0; sweep < MaximumSweeps && !IsDiagonal(matrix); sweep++)
        {
            for (var p = 0; p < size - 1; p++)
            {
                for (var q = p + 1; q < size; q++)
                {
                    Rotate(matrix, vectors, p, q);
                }
            }
        }

        return ([.. Enumerable.Range(0, size).Select(index => matrix[index, index])], vectors);
    }

    private static bool IsDiagonal(double[,] matrix)
    {
        var (size, diagonal, rest) = (matrix.GetLength(0), 0.0, 0.0);
        for (var row = 0; row < size; row++)
        {
            diagonal += matrix[row, row] * matrix[row, row];
            for (var column = row + 1; column < size; column++)
            {
                rest += matrix[row, column] * matrix[row, column];
            }
        }

        return rest <= 1e-32 * diagonal;
    }

    private static void Rotate(double[,] matrix, double[,] vectors, int p, int q)
    {
        if (matrix[p, q] == 0)
        {
            return;
        }

        var ratio = (matrix[q, q] - matrix[p, p]) / (2 * matrix[p, q]);
        var tangent = (ratio >= 0 ? 1 : -1) / (Math.Abs(ratio) + Math.Sqrt(1 + ratio * ratio));
        var cosine = 1 / Math.Sqrt(1 + tangent * tangent);
        var sine = tangent * cosine;
        var size = matrix.GetLength(0);
        for (var index = 0; index < size; index++)
        {
            (matrix[index, p], matrix[index, q]) = (cosine * matrix[index, p] - sine * matrix[index, q], sine * matrix[index, p] + cosine * matrix[index, q]);
        }

        for (var index = 0; index < size; index++)
        {
            (matrix[p, index], matrix[q, index]) = (cosine * matrix[p, index] - sine * matrix[q, index], sine * matrix[p, index] + cosine * matrix[q, index]);
            (vectors[index, p], vectors[index, q]) = (cosine * vectors[index, p] - sine * vectors[index, q], sine * vectors[index, p] + cosine * vectors[index, q]);
        }
    }
}
