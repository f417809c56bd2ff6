namespace ApproxCluster.Trainer;

/// <summary>
/// Which pixels of a picture belong to which split; a pixel's number counts row by row from the top left. Held out, as in Tancik et al.
/// 2020 ("Fourier features let networks learn high frequency functions in low dimensional domains"): training is every pixel whose column
/// and row are both even, test every one whose column and row are both odd. Of the mixed ones that remain, a half chosen by the seed is
/// validation and the rest is not used, so choosing by validation tells nothing of the test pixels. Not held out (a fit), every split is
/// the whole picture.
/// </summary>
/// <param name="Width">Pixels across, at least 2 when held out.</param>
/// <param name="Height">Pixels down, at least 2 when held out.</param>
/// <param name="HeldOut">Whether splits are disjoint.</param>
internal sealed record PixelSplits(int Width, int Height, bool HeldOut)
{
    /// <summary>Pixels of each split.</summary>
    public SplitCounts Counts
    {
        get
        {
            var all = Width * Height;
            var (even, odd) = ((Width + 1) / 2 * ((Height + 1) / 2), Width / 2 * (Height / 2));
            return HeldOut ? new SplitCounts(even, (all - even - odd + 1) / 2, odd) : new SplitCounts(all, all, all);
        }
    }

    /// <summary>The numbers of a split's pixels, ascending.</summary>
    public int[] Pixels(TargetSplit split, ulong seed) => (HeldOut, split) switch
    {
        (false, _) => Where(_ => true),
        (_, TargetSplit.Training) => Where(odd => odd == 0),
        (_, TargetSplit.Test) => Where(odd => odd == 2),
        _ => Half(Where(odd => odd == 1), seed),
    };

    /// <summary>The pixels by how many of column and row are odd.</summary>
    private int[] Where(Func<int, bool> odds)
    {
        var pixels = new List<int>();
        for (var pixel = 0; pixel < Width * Height; pixel++)
        {
            if (odds((pixel % Width & 1) + (pixel / Width & 1)))
            {
                pixels.Add(pixel);
            }
        }

        return [.. pixels];
    }

    private static int[] Half(int[] pixels, ulong seed)
    {
        var order = new Draws(seed, TargetSplit.Dealing).Permutation(pixels.Length);
        return [.. order.Take((pixels.Length + 1) / 2).Order().Select(number => pixels[number])];
    }
}
