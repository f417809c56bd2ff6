namespace ApproxCluster.Trainer;

/// <summary>A picture as a target sees it: [height x width x channels] values in [0, 1], row by row from the top; 1 channel grey or 3 RGB.</summary>
internal sealed record Picture(int Width, int Height, int Channels, float[] Values)
{
    /// <summary>
    /// From a decoded file. Transparent pixels are blended over black (value times alpha). Colour becomes grey by the luma weights 0.299,
    /// 0.587, 0.114 (ITU-R BT.601) on the values as stored; grey becomes colour by repeating it.
    /// </summary>
    public static Picture From(PngImage image, int channels)
    {
        var colours = image.Channels >= 3 ? 3 : 1;
        var pixels = image.Width * image.Height;
        var values = new float[(long)pixels * channels];
        for (var i = 0; i < pixels; i++)
        {
            var pixel = image.Samples.AsSpan(i * image.Channels, image.Channels);
            var alpha = image.Channels is 2 or 4 ? pixel[^1] / 65535.0 : 1;
            for (var channel = 0; channel < channels; channel++)
            {
                var value = colours == 1 ? pixel[0] : channels == 3 ? pixel[channel] : 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2];
                values[i * channels + channel] = (float)(value / 65535.0 * alpha);
            }
        }

        return new Picture(image.Width, image.Height, channels, values);
    }

    /// <summary>Each block of factor x factor pixels becomes its mean; rows and columns left over at the bottom and right are dropped.</summary>
    public Picture Downsample(int factor)
    {
        if (factor == 1)
        {
            return this;
        }

        var (width, height) = (Width / factor, Height / factor);
        var values = new float[width * height * Channels];
        for (var i = 0; i < values.Length; i++)
        {
            var (channel, column, row) = (i % Channels, i / Channels % width, i / Channels / width);
            var sum = 0.0;
            for (var block = 0; block < factor * factor; block++)
            {
                var (x, y) = (column * factor + block % factor, row * factor + block / factor);
                sum += Values[(y * Width + x) * Channels + channel];
            }

            values[i] = (float)(sum / (factor * factor));
        }

        return new Picture(width, height, Channels, values);
    }
}
