using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using ApproxCluster.Testing;

namespace ApproxCluster.Trainer.Tests;

public sealed class NpzExportTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("approx-npz-").FullName;

    [Theory]
    [InlineData(TaskKind.Regression, EncodingKind.Identity, 0, ActivationKind.Relu)]
    [InlineData(TaskKind.Regression, EncodingKind.Fourier1d, 3, ActivationKind.Sigmoid)]
    [InlineData(TaskKind.Classification, EncodingKind.Taylor, 3, ActivationKind.LeakyRelu)]
    [InlineData(TaskKind.BinaryClassification, EncodingKind.Identity, 0, ActivationKind.Sine)]
    public async Task ExportNpz_ReadByNumPy_HoldsAllThatPredictionsNeed(TaskKind task, EncodingKind encoding, int order, ActivationKind activation)
    {
        var python = await PythonAsync();
        using var model = ModelProblems.Fit(task, new EncodingConfiguration(encoding, order), new ActivationConfiguration(activation, 0.2, 3), outputs: 4);
        var x = ModelProblems.Inputs(50, 3);
        var (numbers, inputs) = (Path.Combine(folder, "a.npz"), Path.Combine(folder, "x.npy"));
        model.ExportNpz(numbers);
        using (var stream = File.Create(inputs))
        {
            NpyWriter.Write(stream, x, 50, 3);
        }

        var (done, said) = await Tool.RunAsync(python, RepositoryRoot.PathOf("tests", "Trainer", "Models", "check-npz.py"), numbers, inputs);

        Assert.True(done, said);
        var actual = said.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(word => double.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        var expected = model.Predict(x);
        Assert.Equal(expected.Length, actual.Length);
        Assert.InRange(expected.Zip(actual, (ours, theirs) => Math.Abs(ours - theirs) / Math.Max(1, Math.Abs(theirs))).Max(), 0, 1e-5);
    }

    [Fact]
    public void ExportNpz_EveryArray_HasAnAlignedHeaderAndItsNumbers()
    {
        using var model = ModelProblems.Fit(TaskKind.Regression);
        using var stream = new MemoryStream();

        model.ExportNpz(stream);

        using var archive = new ZipArchive(stream);
        Assert.Equal(
            ["definition", "input_center", "input_scale", "weights0", "biases0", "weights1", "biases1", "weights2", "biases2", "output_scale", "output_shift"],
            archive.Entries.Select(entry => Path.GetFileNameWithoutExtension(entry.Name)));
        var bytes = Read(archive.GetEntry("weights1.npy")!);
        var header = 10 + bytes[8] + 256 * bytes[9];
        Assert.Equal(0, header % 64);
        Assert.Equal("{'descr': '<f4', 'fortran_order': False, 'shape': (7, 5,), }", Encoding.Latin1.GetString(bytes.AsSpan(10, header - 10)).TrimEnd());
        Assert.Equal(model.Layers[1].Weights.ToArray(), MemoryMarshal.Cast<byte, float>(bytes.AsSpan(header)).ToArray());
    }

    [Fact]
    public void ExportNpz_Twice_GivesTheSameBytes()
    {
        using var model = ModelProblems.Fit(TaskKind.Regression);
        var (first, second) = (new MemoryStream(), new MemoryStream());

        model.ExportNpz(first);
        model.ExportNpz(second);

        Assert.Equal(first.ToArray(), second.ToArray());
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static async Task<string> PythonAsync()
    {
        foreach (var python in new[] { "python3", "/usr/bin/python3" })
        {
            if ((await Tool.RunAsync(python, "-c", "import numpy")).Done)
            {
                return python;
            }
        }

        Assert.Skip("NPZ files are not read by NumPy: there is no python3 with numpy.");
        return "";
    }

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using var source = entry.Open();
        using var copy = new MemoryStream();
        source.CopyTo(copy);
        return copy.ToArray();
    }
}
