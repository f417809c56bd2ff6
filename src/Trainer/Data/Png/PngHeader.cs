using System.Buffers.Binary;

namespace ApproxCluster.Trainer;

/// <summary>What the pixels of a PNG file are made of; the numbers are the format's.</summary>
internal enum PngColour
{
    /// <summary>Grey.</summary>
    Grey = 0,

    /// <summary>Red, green, blue.</summary>
    Rgb = 2,

    /// <summary>Numbers of palette entries.</summary>
    Palette = 3,

    /// <summary>Grey and alpha.</summary>
    GreyAlpha = 4,

    /// <summary>Red, green, blue, alpha.</summary>
    Rgba = 6,
}

/// <summary>The IHDR chunk of a PNG file, found sound.</summary>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="Depth">Bits of a sample: 1, 2, 4, 8 or 16.</param>
/// <param name="Colour">What pixels are made of.</param>
/// <param name="Interlaced">Whether rows come in the seven passes of Adam7.</param>
internal sealed record PngHeader(int Width, int Height, int Depth, PngColour Colour, bool Interlaced)
{
    /// <summary>Most pixels of an image: 64 Mi.</summary>
    public const long MaximumPixels = 64L << 20;

    /// <summary>Samples of a pixel as stored.</summary>
    public int Channels => Colour switch { PngColour.Rgb => 3, PngColour.GreyAlpha => 2, PngColour.Rgba => 4, _ => 1 };

    /// <summary>Reads the 13 bytes of the chunk.</summary>
    public static PngHeader Read(ReadOnlySpan<byte> data, string path)
    {
        if (data.Length != 13)
        {
            throw new TargetException($"{path}: its IHDR chunk has {data.Length} bytes, but must have 13. Fetch the file again.");
        }

        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(data), BinaryPrimitives.ReadUInt32BigEndian(data[4..]));
        if (width == 0 || height == 0 || (UInt128)width * height > MaximumPixels)
        {
            throw new TargetException($"{path}: its size is {width} x {height} pixels, but must be at least 1 x 1 and at most {MaximumPixels} pixels. "
                + "Use a smaller picture.");
        }

        var (depth, colour) = (data[8], (PngColour)data[9]);
        var sound = colour switch
        {
            PngColour.Grey => depth is 1 or 2 or 4 or 8 or 16,
            PngColour.Palette => depth is 1 or 2 or 4 or 8,
            PngColour.Rgb or PngColour.GreyAlpha or PngColour.Rgba => depth is 8 or 16,
            _ => false,
        };
        if (!sound || data[10] != 0 || data[11] != 0 || data[12] > 1)
        {
            throw new TargetException($"{path}: colour type {data[9]}, bit depth {depth}, compression {data[10]}, filter {data[11]}, interlace {data[12]} "
                + "are not a combination that PNG allows. Save the picture again with another program.");
        }

        return new PngHeader((int)width, (int)height, depth, colour, data[12] == 1);
    }

    /// <summary>Bytes of a row of so many pixels, without its filter byte.</summary>
    public int RowBytes(int pixels) => (int)(((long)pixels * Channels * Depth + 7) / 8);

    /// <summary>The passes that hold any pixels, in order; a single one without interlacing.</summary>
    public IEnumerable<PngPass> Passes() =>
        (Interlaced ? PngPass.Adam7 : [PngPass.Whole]).Where(pass => pass.Columns(Width) > 0 && pass.Rows(Height) > 0);

    /// <summary>Bytes of all rows with their filter bytes.</summary>
    public long DataBytes() => Passes().Sum(pass => (long)pass.Rows(Height) * (1 + RowBytes(pass.Columns(Width))));
}

/// <summary>A pass: every <c>StepX</c>-th pixel of every <c>StepY</c>-th row.</summary>
/// <param name="X">First column.</param>
/// <param name="Y">First row.</param>
/// <param name="StepX">Columns from one to the next.</param>
/// <param name="StepY">Rows from one to the next.</param>
internal readonly record struct PngPass(int X, int Y, int StepX, int StepY)
{
    /// <summary>The whole picture.</summary>
    public static PngPass Whole { get; } = new(0, 0, 1, 1);

    /// <summary>The passes of interlaced files (PNG specification, 8.2).</summary>
    public static IReadOnlyList<PngPass> Adam7 { get; } =
        [new(0, 0, 8, 8), new(4, 0, 8, 8), new(0, 4, 4, 8), new(2, 0, 4, 4), new(0, 2, 2, 4), new(1, 0, 2, 2), new(0, 1, 1, 2)];

    /// <summary>Pixels of a row of the pass.</summary>
    public int Columns(int width) => Math.Max(0, (width - X + StepX - 1) / StepX);

    /// <summary>Rows of the pass.</summary>
    public int Rows(int height) => Math.Max(0, (height - Y + StepY - 1) / StepY);
}
