namespace ApproxCluster.Trainer;

/// <summary>
/// A picture as a function of the place. Inputs (x, y) are pixel centres, x from -1 at the first column to 1 at the last, y from -1 at
/// the top row to 1 at the bottom; outputs are the pixel's values in [0, 1].
/// </summary>
/// <param name="read">Reads the picture, of the size that the splits were made for.</param>
/// <param name="splits">Which pixels belong where.</param>
/// <param name="channels">1 grey or 3 RGB.</param>
/// <param name="seed">Seed of the choice of validation pixels.</param>
/// <param name="fingerprint">The file's fingerprint, or empty.</param>
internal sealed class ImageTarget(Func<Picture> read, PixelSplits splits, int channels, ulong seed, string fingerprint) : LoadedOnce
{
    /// <inheritdoc />
    public override TargetShape Shape { get; } = new(
        2,
        channels,
        TaskKind.Regression,
        MetricKind.Psnr,
        splits.Counts.Training,
        splits.Counts.Validation,
        splits.Counts.Test,
        fingerprint);

    /// <inheritdoc />
    public override Samples LoadTest() => Take(read(), TargetSplit.Test);

    /// <inheritdoc />
    protected override TargetData LoadNow()
    {
        var picture = read();
        return new TargetData(Shape, ScalerKind.None, Take(picture, TargetSplit.Training), Take(picture, TargetSplit.Validation));
    }

    private Samples Take(Picture picture, TargetSplit split)
    {
        if (picture.Width != splits.Width || picture.Height != splits.Height)
        {
            throw new TargetException($"The picture is {picture.Width} x {picture.Height} pixels, but must be {splits.Width} x {splits.Height}, "
                + "as when it was opened. Leave data files alone while a sweep runs.");
        }

        var pixels = splits.Pixels(split, seed);
        var x = new float[2 * pixels.Length];
        var values = new float[pixels.Length * channels];
        for (var i = 0; i < pixels.Length; i++)
        {
            x[2 * i] = Coordinate(pixels[i] % splits.Width, splits.Width);
            x[2 * i + 1] = Coordinate(pixels[i] / splits.Width, splits.Height);
            picture.Values.AsSpan(pixels[i] * channels, channels).CopyTo(values.AsSpan(i * channels));
        }

        return new Samples(2, x, channels, values);
    }

    private static float Coordinate(int number, int count) => count == 1 ? 0 : (float)(-1 + 2.0 * number / (count - 1));
}
