namespace ApproxCluster.Trainer;

/// <content>Files.</content>
public sealed partial class Model
{
    /// <summary>Writes a model file: to a temporary name beside it first, so that <paramref name="path"/> never holds half a model.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Save(string path) => WholeFile.Write(path, Save);

    /// <summary>Writes a model file: version 1. A few bytes more than 4 per parameter.</summary>
    public void Save(Stream stream) => ModelFile.Write(this, stream);

    /// <summary>Reads a model file.</summary>
    /// <exception cref="InvalidDataException">It is torn, of a later version, or no model file; the message names it.</exception>
    /// <exception cref="IOException">The file cannot be read; <see cref="FileNotFoundException"/> where there is none.</exception>
    public static Model Load(string path)
    {
        using var stream = File.OpenRead(path);
        return ModelFile.Read(stream, path);
    }

    /// <summary>Reads a model file up to its end.</summary>
    /// <exception cref="InvalidDataException">It is torn, of a later version, or no model file.</exception>
    public static Model Load(Stream stream) => ModelFile.Read(stream, "The stream");

    /// <summary>Writes an ONNX file. See <see cref="ExportOnnx(Stream, bool)"/>.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void ExportOnnx(string path, bool probabilities = true) => WholeFile.Write(path, stream => ExportOnnx(stream, probabilities));

    /// <summary>
    /// Writes the whole model (scaler, encoding, layers, link, units) as ONNX, operator set 13, float32. Input <c>inputs</c> [batch x inputs], unscaled; output
    /// <c>outputs</c> [batch x outputs], what <see cref="Predict(ReadOnlySpan{float}, Span{float})"/> gives, up to the runtime's own rounding and order of sums. The names of
    /// columns and classes are in the file's metadata under <c>definition</c>, as JSON.
    /// </summary>
    /// <param name="stream">Where to.</param>
    /// <param name="probabilities">Classifiers: whether the file ends with softmax or sigmoid; otherwise it gives logits. Default true.</param>
    public void ExportOnnx(Stream stream, bool probabilities = true) => OnnxExport.Write(this, stream, probabilities);

    /// <summary>Writes an <c>.npz</c> file. See <see cref="ExportNpz(Stream)"/>.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void ExportNpz(string path) => WholeFile.Write(path, ExportNpz);

    /// <summary>
    /// Writes the numbers for NumPy: <c>input_center</c>, <c>input_scale</c>, <c>weights0</c> [inputs x outputs], <c>biases0</c> ..., <c>output_scale</c>,
    /// <c>output_shift</c>, all float32, and <c>definition</c>, the rest as JSON text.
    /// </summary>
    public void ExportNpz(Stream stream) => NpzExport.Write(this, stream);
}
