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

        var fault = Assert.Throws<InvalidDataException>(() => Model.Load(new MemoryStream(WithHeader(header))));

        Assert.Contains("but must be at most 268435456", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_HeaderThatNobodyWrote_SaysWhatIsWrong()
    {
        var header = ModelHeader.Write(ModelProblems.Fit(TaskKind.Regression).Definition);

        Refused("\"kind\":\"tanh\"", "\"kind\":\"dance\"", "Its ActivationKind is 'dance', but must be one of linear, relu, leaky_relu, tanh, sigmoid, sine. Update ApproxCluster.Trainer if a later one wrote it, or save it again.");
        Refused("\"order\":0", "\"order\":0,\"order\":0", "Its header cannot be understood. Save it again.");
        Refused("[7,5]", "[16000,16000]", "It ends early: it is torn. Copy or save it again.");

        void Refused(string from, string to, string why) => Assert.Equal(
            $"The stream cannot be read as a model. {why}",
            Assert.Throws<InvalidDataException>(() => Model.Load(new MemoryStream(WithHeader(header.Replace(from, to, StringComparison.Ordinal))))).Message);
    }

    [Fact]
    public void Load_TornFileOfALargeModel_DoesNotTakeItsMemory()
    {
        var header = ModelHeader.Write(ModelProblems.Fit(TaskKind.Regression).Definition).Replace("[7,5]", "[1000000]", StringComparison.Ordinal);
        var file = WithHeader(header);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<InvalidDataException>(() => Model.Load(new MemoryStream(file)));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Save_FolderIsMissing_ThrowsAndLeavesNothing()
    {
        using var model = ModelProblems.Fit(TaskKind.Regression);

        var fault = Assert.Throws<DirectoryNotFoundException>(() => model.Save(Path.Combine(folder, "none", "a.model")));

        Assert.Equal($"The folder {Path.Combine(folder, "none")} of a.model does not exist. Create it first.", fault.Message);
        Assert.Throws<ArgumentException>("path", () => model.Save(""));
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public void Save_WhileAnotherSavesToTheSamePath_LeavesOneWholeFile()
    {
        using var model = ModelProblems.Fit(TaskKind.Regression);
        var path = Path.Combine(folder, "a.model");

        WholeFile.Write(path, stream =>
        {
            model.Save(path);
            model.Save(stream);
        });

        using var loaded = Model.Load(path);
        Assert.Equal(["a.model"], Directory.GetFiles(folder).Select(Path.GetFileName));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>A file that is nothing but a header, under a right checksum.</summary>
    private static byte[] WithHeader(string header)
    {
        List<byte> bytes = [.. "APXMODEL"u8, .. BitConverter.GetBytes(1), .. BitConverter.GetBytes(header.Length), .. System.Text.Encoding.UTF8.GetBytes(header)];
        return [.. bytes, .. SHA256.HashData(bytes.ToArray())];
    }

    private static byte[] Saved()
    {
        using var model = ModelProblems.Fit(TaskKind.Regression, widths: [2]);
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }
}
