namespace ApproxCluster.Trainer;

/// <summary>Which raw labels a labelled set may have, and the class (0..Classes-1) that each stands for.</summary>
/// <param name="Classes">Number of classes.</param>
/// <param name="Rule">The allowed labels in words.</param>
/// <param name="ClassOf">The class of a raw label, or -1 when it is not allowed.</param>
internal sealed record LabelMap(int Classes, string Rule, Func<byte, int> ClassOf)
{
    /// <summary>Labels 0..classes-1 as they are.</summary>
    public static LabelMap Plain(int classes) => new(classes, $"0 to {classes - 1}", label => label < classes ? label : -1);

    /// <summary>Letters by their place in the alphabet without 9 (J) and 25 (Z), which are signed by movement: 24 classes.</summary>
    public static LabelMap SignLetters { get; } =
        new(24, "0 to 24 without 9 (J)", label => label switch { < 9 => label, 9 or > 24 => -1, _ => label - 1 });

    /// <summary>The raw label of a class, as text.</summary>
    public string NameOf(int number) => FormattableString.Invariant($"{Enumerable.Range(0, 256).First(label => ClassOf((byte)label) == number)}");

    /// <summary>The classes of the labels of a file.</summary>
    public int[] Apply(byte[] labels, string path)
    {
        var classes = new int[labels.Length];
        for (var i = 0; i < labels.Length; i++)
        {
            classes[i] = ClassOf(labels[i]);
            if (classes[i] < 0)
            {
                throw new TargetException($"{path}: label {i + 1} of {labels.Length} is {labels[i]}, but must be {Rule}. Check that it is the right file.");
            }
        }

        return classes;
    }
}
