namespace ApproxCluster.Trainer;

/// <summary>
/// A built-in test card with flat areas, edges and fine detail: a black and white checkerboard of 8 x 4 fields on the top half, a red disc
/// and a blue square on black below, and a yellow diagonal (2 pixels wide at size 64) from the top left to the bottom right.
/// </summary>
internal static class Card
{
    /// <summary>Draws the card in RGB with whole-number arithmetic.</summary>
    /// <param name="size">Pixels along an edge.</param>
    public static PngImage Draw(int size)
    {
        var samples = new ushort[size * size * 3];
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                var (red, green, blue) = Colour(x, y, size);
                var at = (y * size + x) * 3;
                samples[at] = red ? ushort.MaxValue : (ushort)0;
                samples[at + 1] = green ? ushort.MaxValue : (ushort)0;
                samples[at + 2] = blue ? ushort.MaxValue : (ushort)0;
            }
        }

        return new PngImage(size, size, 3, samples);
    }

    private static (bool Red, bool Green, bool Blue) Colour(int x, int y, int size)
    {
        if (x >= y && x - y < Math.Max(1, size / 32))
        {
            return (true, true, false);
        }

        if (2 * y < size)
        {
            var white = (x * 8 / size + y * 8 / size) % 2 == 0;
            return (white, white, white);
        }

        // Distances from the figures' centres at 1/4 and 3/4 across, 3/4 down, in quarters of a pixel.
        var down = 4 * y + 2 - 3 * size;
        var (fromDisc, fromSquare) = (4 * x + 2 - size, 4 * x + 2 - 3 * size);
        if (16 * (fromDisc * fromDisc + down * down) <= 9 * size * size)
        {
            return (true, false, false);
        }

        return (false, false, 8 * Math.Max(Math.Abs(fromSquare), Math.Abs(down)) <= 5 * size);
    }
}
