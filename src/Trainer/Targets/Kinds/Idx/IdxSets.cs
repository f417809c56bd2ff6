namespace ApproxCluster.Trainer;

/// <summary>The well-known sets of labelled 28 x 28 grey images.</summary>
internal static class IdxSets
{
    private static readonly IdxSetFiles Usual =
        new("train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");

    /// <summary>MNIST: handwritten digits, 60,000 + 10,000, 10 classes.</summary>
    public static TargetDefinition Mnist { get; } =
        new IdxSetDefinition("mnist", "MNIST: handwritten digits, 28x28, 10 classes.", "mnist", Usual, 10_000, LabelMap.Plain(10));

    /// <summary>Fashion-MNIST: articles of clothing, 60,000 + 10,000, 10 classes.</summary>
    public static TargetDefinition FashionMnist { get; } = new IdxSetDefinition(
        "fashion_mnist", "Fashion-MNIST: articles of clothing, 28x28, 10 classes.", "fashion-mnist", Usual, 10_000, LabelMap.Plain(10));

    /// <summary>Sign Language MNIST: hands signing letters, 27,455 + 7,172, 24 classes (no J, no Z). Training images are near copies of
    /// each other, so validation accuracy flatters.</summary>
    public static TargetDefinition SignMnist { get; } = new IdxSetDefinition(
        "sign_mnist",
        "Sign Language MNIST: hands signing letters, 28x28, 24 classes (no J, no Z).",
        "sign-mnist",
        Usual with { TestImages = "test-images-idx3-ubyte", TestLabels = "test-labels-idx1-ubyte" },
        5_000,
        LabelMap.SignLetters);
}
