namespace ApproxCluster.Search;

/// <summary>
/// Climbs a smooth acquisition from several points at once: along continuous columns by gradients and along the others by moves to other values, in turn, until nothing moves (Optuna 4.9's scheme).
/// The moves of all climbs are scored together. Where several columns have better values, these are also tried together, the best first, so that few rounds of scores lead to the top; and of
/// climbs that meet, one goes on.
/// </summary>
/// <param name="space">The space.</param>
/// <param name="acquisition">What is to be large.</param>
/// <param name="scores">Its scores.</param>
/// <param name="known">Points that are left out.</param>
/// <param name="region">What to keep to; null for everywhere.</param>
internal sealed class HillClimbs(GaussianSpace space, ISmoothAcquisition acquisition, AcquisitionScores scores, KnownPoints known, SearchRegion? region)
{
    private const int Rounds = 4;
    private const double LeastGain = 1e-3;
    private const double LeastStep = 1e-9;

    // In length scales: closer climbs end in the same place.
    private const double Meeting = 0.01;

    private readonly RowSet moves = new(space.Count);
    private readonly RowSet joint = new(space.Count);
    private readonly List<int> columns = [];
    private readonly List<Climb> owners = [];
    private readonly List<(int Move, double Score)> better = [];

    /// <summary>Climbs until nothing moves.</summary>
    public void Run(IReadOnlyList<Climb> climbs)
    {
        var active = climbs.ToList();
        for (var round = 0; round < Rounds; round++)
        {
            var before = active.ConvertAll(climb => climb.Score);
            active.ForEach(Slide);
            Step(active);
            for (var index = active.Count - 1; index >= 0; index--)
            {
                if (active[index].Score - before[index] < LeastGain)
                {
                    active.RemoveAt(index);
                }
                else if (climbs.Any(other => other.Score >= active[index].Score && other != active[index] && HaveMet(other.Row, active[index].Row)))
                {
                    active[index].Reset();
                    active.RemoveAt(index);
                }
            }
        }
    }

    /// <summary>Goes up along the continuous columns, in units of their length scales.</summary>
    private void Slide(Climb climb)
    {
        var row = climb.Row;
        var moving = Enumerable.Range(0, row.Length).Where(column => space.IsContinuous(column) && space.Exists(column, row)).ToArray();
        if (moving.Length == 0)
        {
            return;
        }

        var units = moving.Select(column => Math.Clamp(acquisition.Lengths[column], 0.05, 2)).ToArray();
        var lower = moving.Select((column, index) => (region?.Lower(column) ?? 0) / units[index]).ToArray();
        var upper = moving.Select((column, index) => (region?.Upper(column) ?? 1) / units[index]).ToArray();
        var x = moving.Select((column, index) => row[column] / units[index]).ToArray();
        var scratch = (double[])row.Clone();
        var value = -new ProjectedLbfgs { MaximumSteps = 25, FirstStep = 0.1, ValueTolerance = 1e-5 }.Minimize(Negative, x, lower, upper);
        if (!(value > climb.Score))
        {
            return;
        }

        for (var index = 0; index < moving.Length; index++)
        {
            row[moving[index]] = Math.Clamp(x[index] * units[index], region?.Lower(moving[index]) ?? 0, region?.Upper(moving[index]) ?? 1);
        }

        climb.Score = known.Contains(row) ? double.NegativeInfinity : value;

        double Negative(ReadOnlySpan<double> at, Span<double> gradient)
        {
            for (var index = 0; index < moving.Length; index++)
            {
                scratch[moving[index]] = at[index] * units[index];
            }

            var found = acquisition.Value(scratch, moving, gradient);
            for (var index = 0; index < moving.Length; index++)
            {
                gradient[index] *= -units[index];
            }

            return -found;
        }
    }

    /// <summary>Goes up along the columns that have values one by one.</summary>
    private void Step(IReadOnlyList<Climb> climbs)
    {
        var moving = climbs.ToList();
        while (moving.Count > 0)
        {
            moves.Clear();
            columns.Clear();
            var ends = moving.ConvertAll(climb => space.Moves(climb.Row, moves, columns));
            var found = scores.Of(moves);
            joint.Clear();
            owners.Clear();
            for (var index = ends.Count - 1; index >= 0; index--)
            {
                if (!Move(moving[index], found, index == 0 ? 0 : ends[index - 1], ends[index]))
                {
                    moving.RemoveAt(index);
                }
            }

            found = scores.Of(joint);
            for (var index = 0; index < owners.Count; index++)
            {
                if (found[index] > owners[index].Score + LeastStep && IsAllowed(joint[index]))
                {
                    owners[index].Score = found[index];
                    joint[index].CopyTo(owners[index].Row);
                }
            }
        }
    }

    /// <summary>Makes the best of some moves, and adds what others come to together with it; false where none is better.</summary>
    private bool Move(Climb climb, ReadOnlySpan<double> found, int from, int to)
    {
        better.Clear();
        for (var move = from; move < to; move++)
        {
            if (found[move] > climb.Score + LeastStep && IsAllowed(moves[move]))
            {
                if (better.Count > 0 && columns[better[^1].Move] == columns[move])
                {
                    better[^1] = found[move] > better[^1].Score ? (move, found[move]) : better[^1];
                }
                else
                {
                    better.Add((move, found[move]));
                }
            }
        }

        if (better.Count == 0)
        {
            return false;
        }

        better.Sort((one, other) => other.Score.CompareTo(one.Score) is not 0 and var order ? order : one.Move.CompareTo(other.Move));
        (var best, climb.Score) = better[0];
        moves[best].CopyTo(climb.Row);
        Span<double> row = [.. climb.Row];
        foreach (var (move, _) in better.Skip(1))
        {
            var column = columns[move];
            if (space.Exists(column, row))
            {
                row[column] = moves[move][column];
                space.Settle(row);
                row.CopyTo(joint.Add());
                owners.Add(climb);
            }
        }

        return true;
    }

    private bool IsAllowed(ReadOnlySpan<double> row) => (region is null || region.Contains(row)) && !known.Contains(row);

    private bool HaveMet(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        for (var column = 0; column < one.Length; column++)
        {
            var apart = Math.Abs(one[column] - other[column]);
            if (space.IsContinuous(column) ? apart > Meeting * acquisition.Lengths[column] : apart != 0)
            {
                return false;
            }
        }

        return true;
    }
}
