namespace ApproxCluster.Trainer;

/// <summary>A file of images with its file of labels, headers read and found to agree.</summary>
/// <param name="Images">Images, [Count x ...].</param>
/// <param name="Labels">Labels, [Count].</param>
internal sealed record IdxPair(IdxFile Images, IdxFile Labels)
{
    /// <summary>Number of images.</summary>
    public int Count => Images.Count;

    /// <summary>Opens both.</summary>
    public static IdxPair Open(string imagesPath, string labelsPath)
    {
        var pair = new IdxPair(IdxFile.Open(imagesPath, 2), IdxFile.Open(labelsPath, 1, 1));
        return pair.Images.Count == pair.Labels.Count
            ? pair
            : throw new TargetException($"{labelsPath}: its number of labels is {pair.Labels.Count}, but must be {pair.Images.Count}, "
                + $"the number of images in {imagesPath}. Check that the files belong together.");
    }

    /// <summary>Bytes of all images and classes of all labels.</summary>
    public (byte[] Pixels, int[] Classes) Read(LabelMap labels) => (Images.ReadValues(), labels.Apply(Labels.ReadValues(), Labels.Path));

    /// <summary>The images with the given numbers as samples, values 0..255.</summary>
    public static Samples Take(byte[] pixels, int[] classes, ReadOnlySpan<int> numbers)
    {
        var width = pixels.Length / classes.Length;
        var x = new float[(long)numbers.Length * width];
        var labels = new int[numbers.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            labels[i] = classes[numbers[i]];
            var image = pixels.AsSpan(numbers[i] * width, width);
            var row = x.AsSpan(i * width, width);
            for (var j = 0; j < width; j++)
            {
                row[j] = image[j];
            }
        }

        return new Samples(width, x, labels);
    }
}
