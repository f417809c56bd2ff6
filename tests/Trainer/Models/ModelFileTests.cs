using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ApproxCluster.Trainer.Tests;

public sealed class ModelFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("approx-model-").FullName;

    [Theory]
    [InlineData(TaskKind.Regression, EncodingKind.Identity, 0, ActivationKind.Tanh)]
    [InlineData(TaskKind.Classification, EncodingKind.Taylor, 3, ActivationKind.LeakyRelu)]
    [InlineData(TaskKind.BinaryClassification, EncodingKind.Fourier1d, 2, ActivationKind.Sine)]
    public void Load_AfterSave_PredictsTheSameBits(TaskKind task, EncodingKind encoding, int order, ActivationKind activation)
    {
        using var model = ModelProblems.Fit(task, new EncodingConfiguration(encoding, order), new ActivationConfiguration(activation, 0.2, 5));
        var path = Path.Combine(folder, "a.model");

        model.Save(path);
        using var loaded = Model.Load(path);

        var x = ModelProblems.Inputs(70, 3);
        Assert.Equal(model.Predict(x), loaded.Predict(x));
        Assert.Equal(ModelHeader.Write(model.Definition), ModelHeader.Write(loaded.Definition));
        Assert.Equal(["a.model"], Directory.GetFiles(folder).Select(Path.GetFileName));
    }

    [Fact]
    public void Load_TornAnywhere_SaysSo()
    {
        var bytes = Saved();
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => Model.Load(new MemoryStream(bytes, 0, length)));
        }

        Assert.Throws<InvalidDataException>(() => Model.Load(new MemoryStream([.. bytes, 0])));
    }

    [Fact]
    public void Load_AnyByteChanged_IsRefused()
    {
        var bytes = Saved();
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 0x10;
            Assert.Throws<InvalidDataException>(() => Model.Load(new MemoryStream(bytes)));
            bytes[i] ^= 0x10;
        }
    }

    [Fact]
    public void Load_ForeignFile_SaysWhatItIs()
    {
        var path = Path.Combine(folder, "table.csv");
        File.WriteAllText(path, "x,y\n1,2\n3,4\n5,6\n");

        var fault = Assert.Throws<InvalidDataException>(() => Model.Load(path));

        Assert.Equal($"{path} cannot be read as a model. It does not begin with APXMODEL, so it is another kind of file. Name a file that Model.Save wrote.", fault.Message);
    }

    [Fact]
    public void Load_LaterVersion_SaysToUpdate()
    {
        var bytes = Saved();
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), 2);

        var fault = Assert.Throws<InvalidDataException>(() => Model.Load(new MemoryStream(bytes)));

        Assert.Equal("The stream cannot be read as a model. Its version is 2, but must be 1 to 1. Update ApproxCluster.Trainer.", fault.Message);
    }

    [Fact]
    public void Load_HugeWidthsUnderARightChecksum_AreRefusedBeforeMemoryIsTaken()
    {
        var header = ModelHeader.Write(ModelProblems.Fit(TaskKind.Regression).Definition).Replace("[7,5]", "[900000,900000]", StringComparison.Ordinal);
        var bytes = new List<byte>("APXMODEL"u8.ToArray());
        bytes.AddRange(BitConverter.GetBytes(1));
        bytes.AddRange(BitConverter.GetBytes(header.Length));
        bytes.AddRange(System.Text.Encoding.UTF8.GetBytes(header));
        bytes.AddRange(SHA256.HashData(bytes.ToArray()));

        var fault = Assert.Throws<InvalidDataException>(() => Model.Load(new MemoryStream([.. bytes])));

        Assert.Contains("but must be at most 268435456", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Save_FolderIsMissing_ThrowsAndLeavesNothing()
    {
        using var model = ModelProblems.Fit(TaskKind.Regression);

        Assert.Throws<DirectoryNotFoundException>(() => model.Save(Path.Combine(folder, "none", "a.model")));
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static byte[] Saved()
    {
        using var model = ModelProblems.Fit(TaskKind.Regression, widths: [2]);
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }
}
