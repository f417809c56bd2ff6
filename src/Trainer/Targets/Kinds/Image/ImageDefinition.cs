namespace ApproxCluster.Trainer;

/// <summary>A picture from a PNG file, or the built-in card.</summary>
internal sealed class ImageDefinition : TargetDefinition
{
    /// <summary>Declares the kind.</summary>
    public ImageDefinition()
        : base(
            "image",
            "A picture as a function of the place: a PNG file, or a built-in card.",
            Option.Text("file", "", "PNG file (relative to the data folder); left out, the built-in card."),
            Option.Integer("size", 64, "Edge of the built-in card in pixels.", 8, 4096),
            Option.Choice("color", "auto", "Values learned; auto is what the picture has, rgb for a palette and for the card.", "auto", "grey", "rgb"),
            Option.Choice("split", "held_out", "held_out: unseen pixels score; fit: every split is the whole picture.", "fit", "held_out"),
            Option.Integer("downsample", 1, "Means of blocks of this many pixels squared replace the pixels.", 1, 64))
    {
    }

    /// <inheritdoc />
    public override IEnumerable<TargetFault> CheckTogether(TargetOptions options)
    {
        if (options.Text("file").Length > 0 && options.Sound("size") && options.Given("size"))
        {
            yield return new("size", $"size is {options.Integer("size")}, but must be left out where file is given, which is {OptionText.Quote(options.Text("file"))}: "
                + "the file has its own. Remove it; downsample makes pictures smaller.");
        }

        if (options.Text("file").Length == 0 && options.Sound("size", "downsample")
            && options.Integer("size") / options.Integer("downsample") < 4)
        {
            yield return new("downsample", $"downsample is {options.Integer("downsample")}, but must be at most {options.Integer("size") / 4} "
                + $"at size {options.Integer("size")}, so that 4 pixels an edge remain. Lower it.");
        }
    }

    /// <inheritdoc />
    public override ITarget Open(TargetOptions options, ulong seed, string dataFolder)
    {
        var (file, factor, heldOut) = (options.Text("file"), options.Integer("downsample"), options.Text("split") == "held_out");
        if (file.Length == 0)
        {
            var size = options.Integer("size");
            var colours = options.Text("color") == "grey" ? 1 : 3;
            var cardSplits = new PixelSplits(size / factor, size / factor, heldOut);
            return new ImageTarget(() => Picture.From(Card.Draw(size), colours).Downsample(factor), cardSplits, colours, seed, "");
        }

        var path = DataFile.Locate("file", file, dataFolder);
        var header = PngReader.ReadHeader(path);
        if (header.Width / factor < 2 || header.Height / factor < 2)
        {
            throw new TargetException($"{path}: its size after downsample {factor} is {header.Width / factor} x {header.Height / factor} pixels, "
                + "but must be at least 2 x 2. Use a larger picture or a smaller downsample.");
        }

        var grey = header.Colour is PngColour.Grey or PngColour.GreyAlpha;
        var channels = options.Text("color") switch { "rgb" => 3, "grey" => 1, _ => grey ? 1 : 3 };
        var splits = new PixelSplits(header.Width / factor, header.Height / factor, heldOut);
        return new ImageTarget(() => Picture.From(PngReader.Read(path), channels).Downsample(factor), splits, channels, seed, Fingerprint.Of(path));
    }
}
