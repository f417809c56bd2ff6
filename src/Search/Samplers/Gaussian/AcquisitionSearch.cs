using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// Finds the point of the largest acquisition: many candidates are scored at once, and from the best of them local searches go on, along continuous columns by gradients and along the others by
/// single moves, in turn, until nothing moves (Optuna 4.9's scheme).
/// </summary>
internal sealed class AcquisitionSearch
{
    private const int SobolPoints = 1024;
    private const int AroundPoints = 120;
    private const int Centres = 4;
    private const int Starts = 5;
    private const int Rounds = 4;

    private readonly GaussianSpace space;
    private readonly GaussianModel model;
    private readonly GaussianData data;
    private readonly double[] lengths;
    private readonly double incumbent;
    private readonly SolvedBasins? basins;
    private readonly HashSet<ulong> known = [];
    private readonly double[] block;
    private readonly double[] means = new double[CholeskyFactor.Block];
    private readonly double[] variances = new double[CholeskyFactor.Block];
    private Philox random;

    public AcquisitionSearch(GaussianSpace space, GaussianModel model, GaussianData data, double[] outputs, SolvedBasins? basins, Philox random)
    {
        (this.space, this.model, this.data, this.random) = (space, model, data, random);
        lengths = [.. model.Parameters.Scales.Select(scale => 1 / Math.Sqrt(scale))];
        block = new double[Math.Max(1, space.Count) * CholeskyFactor.Block];
        var point = new double[space.Count];
        for (var index = 0; index < data.Points.Count; index++)
        {
            data.Points.CopyTo(index, point);
            known.Add(Hash(point));
        }

        this.basins = basins;
        incumbent = model.Fitted.Min();
        incumbent -= (Knobs.Get("X1", 0) + (random.NextSingle() < Knobs.Get("XP", 0) ? Knobs.Get("X2", 0) : 0)) * Math.Sqrt(model.Variance);
        _ = outputs;
    }

    /// <summary>The best point found, or null when every one is known.</summary>
    public double[]? Best()
    {
        var candidates = new Candidates(space);
        candidates.AddSobol(SobolPoints, ref random);
        var point = new double[space.Count];
        var order = Enumerable.Range(0, data.Count).OrderBy(index => model.Fitted[index]).ThenBy(index => index).Take(Centres).ToList();
        foreach (var index in order)
        {
            data.Points.CopyTo(index, point);
            candidates.AddAround(point, lengths, AroundPoints, ref random);
        }

        var rows = candidates.Rows;
        var scores = Score(rows);
        var ranked = Enumerable.Range(0, rows.Count).OrderByDescending(index => scores[index]).ThenBy(index => index).ToList();
        double[]? best = null;
        var top = double.NegativeInfinity;
        var starts = new List<double[]>();
        Take(ranked, 2, 0.1);
        Take(ranked.Where(index => index < SobolPoints), 2 + (int)Knobs.Get("S", 5), Knobs.Get("SD", 0.5));
        void Take(IEnumerable<int> from, int upTo, double apart)
        {
            foreach (var index in from)
            {
                if (starts.Count >= upTo || !double.IsFinite(scores[index]))
                {
                    break;
                }

                if (starts.TrueForAll(start => Distance(start, rows[index]) > apart) && !Solved(rows[index]))
                {
                    starts.Add(rows[index]);
                }
            }
        }

        foreach (var start in starts)
        {
            var (row, score) = Climb([.. start]);
            if (Solved(row))
            {
                (row, score) = (start, Score([start])[0]);
            }

            if (score > top)
            {
                (best, top) = (row, score);
            }
        }

        return best;
    }

    private bool Solved(double[] row)
    {
        return basins is not null && basins.Contains(row);
    }

    private double Distance(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var column = 0; column < a.Length; column++)
        {
            var difference = space.IsCategorical[column] ? a[column] == b[column] ? 0 : 1 : a[column] - b[column];
            sum += model.Parameters.Scales[column] * difference * difference;
        }

        return Math.Sqrt(sum);
    }

    private (double[] Row, double Score) Climb(double[] row)
    {
        var score = Score([row])[0];
        for (var round = 0; round < Rounds; round++)
        {
            var before = score;
            score = Slide(row, score);
            while (Step(row, score) is { } moved)
            {
                (row, score) = moved;
            }

            if (score - before < 1e-3)
            {
                break;
            }
        }

        return (row, score);
    }

    /// <summary>Goes up along the continuous columns, in units of their length scales.</summary>
    private double Slide(double[] row, double score)
    {
        var moving = Enumerable.Range(0, row.Length).Where(column => space.IsContinuous(column) && space.Exists(column, row)).ToArray();
        if (moving.Length == 0)
        {
            return score;
        }

        var units = moving.Select(column => Math.Clamp(lengths[column], 0.05, 2)).ToArray();
        var lower = new double[moving.Length];
        var upper = units.Select(unit => 1 / unit).ToArray();
        var x = moving.Select((column, index) => row[column] / units[index]).ToArray();
        var (meanGradient, varianceGradient) = (new double[moving.Length], new double[moving.Length]);
        var scratch = (double[])row.Clone();
        var value = new ProjectedLbfgs { MaximumSteps = 25, FirstStep = 0.1, ValueTolerance = 1e-5 }.Minimize(Negative, x, lower, upper);
        if (-value > score)
        {
            for (var index = 0; index < moving.Length; index++)
            {
                row[moving[index]] = Math.Clamp(x[index] * units[index], 0, 1);
            }

            return -value;
        }

        return score;

        double Negative(ReadOnlySpan<double> at, Span<double> gradient)
        {
            for (var index = 0; index < moving.Length; index++)
            {
                scratch[moving[index]] = at[index] * units[index];
            }

            var (mean, variance) = model.Predict(scratch, moving, meanGradient, varianceGradient);
            var (logarithm, byMean, byVariance) = LogExpectedImprovement.Value(incumbent, mean, variance);
            for (var index = 0; index < moving.Length; index++)
            {
                gradient[index] = -(byMean * meanGradient[index] + byVariance * varianceGradient[index]) * units[index];
            }

            return -logarithm;
        }
    }

    /// <summary>The best single move of a column that has values one by one, or null when none is better.</summary>
    private (double[] Row, double Score)? Step(double[] row, double score)
    {
        var moves = new List<double[]>();
        for (var column = 0; column < row.Length; column++)
        {
            if (space.IsContinuous(column) || !space.Exists(column, row))
            {
                continue;
            }

            var (at, count) = (space.ValueOf(column, row[column]), space.Values(column));
            for (var value = 0; value < count; value++)
            {
                var near = Math.Abs(value - at);
                if (near != 0 && (space.IsCategorical[column] || count <= 16 || near is 1 or 2 or 4 or 8))
                {
                    var moved = (double[])row.Clone();
                    moved[column] = space.At(column, value);
                    space.Settle(moved);
                    moves.Add(moved);
                }
            }
        }

        if (moves.Count == 0)
        {
            return null;
        }

        var scores = Score(moves);
        var best = 0;
        for (var index = 1; index < scores.Length; index++)
        {
            best = scores[index] > scores[best] ? index : best;
        }

        return scores[best] > score + 1e-9 ? (moves[best], scores[best]) : null;
    }

    private double[] Score(IReadOnlyList<double[]> rows)
    {
        var scores = new double[rows.Count];
        for (var start = 0; start < rows.Count; start += CholeskyFactor.Block)
        {
            var count = Math.Min(CholeskyFactor.Block, rows.Count - start);
            for (var lane = 0; lane < CholeskyFactor.Block; lane++)
            {
                var row = rows[start + Math.Min(lane, count - 1)];
                for (var column = 0; column < row.Length; column++)
                {
                    block[column * CholeskyFactor.Block + lane] = row[column];
                }
            }

            model.Predict(block, means, variances);
            for (var lane = 0; lane < count; lane++)
            {
                scores[start + lane] = known.Contains(Hash(rows[start + lane]))
                    ? double.NegativeInfinity
                    : LogExpectedImprovement.Value(incumbent, means[lane], variances[lane]).Value;
            }
        }

        return scores;
    }

    private static ulong Hash(ReadOnlySpan<double> point)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var number in point)
        {
            hash = (hash ^ (ulong)BitConverter.DoubleToInt64Bits(number)) * 0x9E3779B97F4A7C15;
            hash ^= hash >> 29;
        }

        return hash;
    }
}
