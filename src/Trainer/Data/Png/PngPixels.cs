using System.Buffers.Binary;

namespace ApproxCluster.Trainer;

/// <summary>Unpacks the samples of plain rows into a picture: widens to 16 bits, looks up palettes, turns transparency into alpha.</summary>
internal sealed class PngPixels
{
    private readonly PngHeader header;
    private readonly ReadOnlyMemory<byte> palette;
    private readonly ReadOnlyMemory<byte> transparency;
    private readonly string path;

    /// <summary>Takes the memory for a picture.</summary>
    public PngPixels(PngChunks chunks, string path)
    {
        (header, palette, transparency, this.path) = (chunks.Header, chunks.Palette, chunks.Transparency, path);
        if (header.Colour == PngColour.Palette && palette.IsEmpty)
        {
            throw new TargetException($"{path}: it has no palette (chunk PLTE), but must have one at colour type 3. Fetch the file again.");
        }

        var keyed = header.Colour is PngColour.Grey or PngColour.Rgb;
        if (keyed && !transparency.IsEmpty && transparency.Length != 2 * header.Channels)
        {
            throw new TargetException($"{path}: its tRNS chunk has {transparency.Length} bytes, but must have {2 * header.Channels}. Fetch the file again.");
        }

        var colours = header.Colour == PngColour.Palette ? 3 : header.Channels;
        var channels = colours + (!transparency.IsEmpty && (keyed || header.Colour == PngColour.Palette) ? 1 : 0);
        Image = new PngImage(header.Width, header.Height, channels, new ushort[(long)header.Width * header.Height * channels]);
    }

    /// <summary>The picture.</summary>
    public PngImage Image { get; }

    /// <summary>Puts a row of a pass in its place.</summary>
    /// <param name="row">Its plain bytes.</param>
    /// <param name="columns">Its pixels.</param>
    /// <param name="pass">The pass.</param>
    /// <param name="y">The row's place in the picture.</param>
    public void Put(ReadOnlySpan<byte> row, int columns, PngPass pass, int y)
    {
        Span<int> raw = stackalloc int[4];
        raw = raw[..header.Channels];
        for (var i = 0; i < columns; i++)
        {
            for (var channel = 0; channel < raw.Length; channel++)
            {
                raw[channel] = Sample(row, i * raw.Length + channel);
            }

            var x = pass.X + i * pass.StepX;
            var pixel = Image.Samples.AsSpan((y * header.Width + x) * Image.Channels, Image.Channels);
            if (header.Colour == PngColour.Palette)
            {
                LookUp(raw[0], pixel, x, y);
            }
            else
            {
                Widen(raw, pixel);
            }
        }
    }

    private int Sample(ReadOnlySpan<byte> row, int number)
    {
        switch (header.Depth)
        {
            case 8:
                return row[number];
            case 16:
                return BinaryPrimitives.ReadUInt16BigEndian(row[(2 * number)..]);
            default:
                var bit = number * header.Depth;
                return (row[bit >> 3] >> (8 - header.Depth - (bit & 7))) & ((1 << header.Depth) - 1);
        }
    }

    private void Widen(ReadOnlySpan<int> raw, Span<ushort> pixel)
    {
        // 65535 is a multiple of 1, 3, 15, 255 and 65535: widening is exact.
        var factor = 65535 / ((1 << header.Depth) - 1);
        var hidden = pixel.Length > raw.Length;
        for (var channel = 0; channel < raw.Length; channel++)
        {
            pixel[channel] = (ushort)(raw[channel] * factor);
            hidden = hidden && raw[channel] == BinaryPrimitives.ReadUInt16BigEndian(transparency.Span[(2 * channel)..]);
        }

        if (pixel.Length > raw.Length)
        {
            pixel[^1] = hidden ? (ushort)0 : ushort.MaxValue;
        }
    }

    private void LookUp(int entry, Span<ushort> pixel, int x, int y)
    {
        if (entry >= palette.Length / 3)
        {
            throw new TargetException($"{path}: pixel ({x}, {y}) has palette entry {entry}, but must have one below {palette.Length / 3}. Fetch the file again.");
        }

        for (var channel = 0; channel < 3; channel++)
        {
            pixel[channel] = (ushort)(palette.Span[3 * entry + channel] * 257);
        }

        if (pixel.Length == 4)
        {
            pixel[3] = entry < transparency.Length ? (ushort)(transparency.Span[entry] * 257) : ushort.MaxValue;
        }
    }
}
