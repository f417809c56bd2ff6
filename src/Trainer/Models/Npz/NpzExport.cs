using System.IO.Compression;

namespace ApproxCluster.Trainer;

/// <summary>
/// A model as NumPy's <c>.npz</c>, stored without compression: <c>definition</c> (the JSON of model files, as text), <c>input_center</c>, <c>input_scale</c>,
/// <c>weights0</c> [inputs x outputs], <c>biases0</c> [outputs], <c>weights1</c> ..., <c>output_scale</c>, <c>output_shift</c>. Equal models give equal bytes.
/// </summary>
internal static class NpzExport
{
    // Zip's first day, in place of the clock.
    private static readonly DateTimeOffset Dated = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void Write(Model model, Stream stream)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        Add(archive, "definition", entry => NpyWriter.Write(entry, ModelHeader.Write(model.Definition)));
        Add(archive, "input_center", entry => NpyWriter.Write(entry, model.InputCenter.Span, model.InputCenter.Length));
        Add(archive, "input_scale", entry => NpyWriter.Write(entry, model.InputScale.Span, model.InputScale.Length));
        for (var i = 0; i < model.Layers.Count; i++)
        {
            var layer = model.Layers[i];
            Add(archive, FormattableString.Invariant($"weights{i}"), entry => NpyWriter.Write(entry, layer.Weights.Span, layer.Inputs, layer.Outputs));
            Add(archive, FormattableString.Invariant($"biases{i}"), entry => NpyWriter.Write(entry, layer.Biases.Span, layer.Outputs));
        }

        Add(archive, "output_scale", entry => NpyWriter.Write(entry, model.Definition.OutputScale, model.Definition.Outputs));
        Add(archive, "output_shift", entry => NpyWriter.Write(entry, model.Definition.OutputShift, model.Definition.Outputs));
    }

    private static void Add(ZipArchive archive, string name, Action<Stream> write)
    {
        var entry = archive.CreateEntry(name + ".npy", CompressionLevel.NoCompression);
        entry.LastWriteTime = Dated;
        using var stream = entry.Open();
        write(stream);
    }
}
