using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>Points to begin a search for the best acquisition from: scrambled Sobol points, and the neighbourhoods of good points at several radii.</summary>
/// <param name="space">The space.</param>
/// <param name="region">What to keep to; null for everywhere.</param>
internal sealed class Candidates(GaussianSpace space, SearchRegion? region = null)
{
    private static readonly double[] Radii = [0.3, 0.1, 0.03, 0.01, 0.001];

    /// <summary>The points so far.</summary>
    public RowSet Rows { get; } = new(space.Count);

    /// <summary>Adds points as they are.</summary>
    public void Add(IEnumerable<double[]> points)
    {
        foreach (var point in points)
        {
            point.CopyTo(Rows.Add());
        }
    }

    /// <summary>Adds evenly spread points.</summary>
    public void AddSobol(int count, ref Philox random)
    {
        var seeds = new uint[space.Count];
        for (var column = 0; column < seeds.Length; column++)
        {
            seeds[column] = random.NextUInt32();
        }

        var first = Rows.Count;
        for (var index = 0; index < count; index++)
        {
            var row = Rows.Add();
            for (var column = SobolSequence.MaximumDimensions; column < space.Count; column++)
            {
                row[column] = Value(column, random.NextDouble());
            }
        }

        var sequence = new uint[count];
        for (var column = 0; column < Math.Min(space.Count, SobolSequence.MaximumDimensions); column++)
        {
            SobolSequence.Fill(sequence, column);
            for (var index = 0; index < count; index++)
            {
                Rows[first + index][column] = Value(column, OwenScramble.Scramble(sequence[index], seeds[column]) * (1.0 / (1UL << 32)));
            }
        }

        for (var index = first; index < Rows.Count; index++)
        {
            region?.Shrink(Rows[index], ref random);
            space.Settle(Rows[index]);
        }
    }

    /// <summary>Adds points around one: a few or all coordinates moved, numbers by a radius times their length scale, choices to any other.</summary>
    public void AddAround(ReadOnlySpan<double> centre, IReadOnlyList<double> lengths, int count, ref Philox random)
    {
        for (var index = 0; index < count; index++)
        {
            var row = Rows.Add();
            centre.CopyTo(row);
            var radius = Radii[index % Radii.Length];
            var share = (index / Radii.Length % 3) switch { 0 => 1.0, 1 => 0.4, _ => 1.0 / row.Length };
            var certain = (int)random.NextBelow((uint)row.Length);
            for (var column = 0; column < row.Length; column++)
            {
                if (column == certain || random.NextSingle() < share)
                {
                    Move(row, column, radius * Math.Min(lengths[column], 1), ref random);
                }
            }

            region?.Clip(row, ref random);
            space.Settle(row);
        }
    }

    // A region has its own way from units to values.
    private double Value(int column, double unit) => region is null ? space.FromUnit(column, unit) : unit;

    private void Move(Span<double> row, int column, double radius, ref Philox random)
    {
        // Three uniform draws: a bell of deviation 1.
        var bell = 2 * (random.NextSingle() + random.NextSingle() + random.NextSingle()) - 3;
        if (!space.Exists(column, row))
        {
            return;
        }

        if (space.IsCategorical[column])
        {
            row[column] = random.NextBelow((uint)space.Values(column));
        }
        else if (space.IsContinuous(column))
        {
            row[column] = Math.Clamp(row[column] + radius * bell, 0, 1);
        }
        else
        {
            var at = space.ValueOf(column, row[column]);
            var last = space.Values(column) - 1;
            var step = (int)Math.Round(radius * bell * (last + 1));
            step = step != 0 ? step : bell < 0 ? -1 : 1;
            row[column] = space.At(column, Math.Clamp(at + step, 0, last));
        }
    }
}
