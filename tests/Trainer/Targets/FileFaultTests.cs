using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace ApproxCluster.Trainer.Tests;

/// <summary>Files that are wrong: each error names the file, what is wrong and what to do; none crashes or fills the memory.</summary>
public sealed class FileFaultTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("approx-files-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Open_MissingFile_SaysWhereItLookedAndHowToSetTheRoot()
    {
        var message = TestTarget.Fault(folder, "mnist");
        Assert.Contains(Path.Combine(folder, "mnist"), message, StringComparison.Ordinal);
        Assert.Contains("--data", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_TruncatedIdx_SaysSo()
    {
        var message = IdxFault(Idx(3, [100, 28, 28], 500), Idx(1, [100], 100));
        Assert.Contains("images", message, StringComparison.Ordinal);
        Assert.Contains("its size is 516 bytes", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_IdxThatClaimsTooMuch_IsRefusedBeforeMemoryIsTaken() =>
        Assert.Contains("must", IdxFault(Idx(3, [int.MaxValue, 65535, 65535], 100), Idx(1, [100], 100)), StringComparison.Ordinal);

    [Fact]
    public void Open_CountsThatDiffer_NamesBoth()
    {
        var message = IdxFault(Idx(3, [100, 4, 4], 1600), Idx(1, [99], 99));
        Assert.Contains("100", message, StringComparison.Ordinal);
        Assert.Contains("99", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NoIdx_SaysSo() =>
        Assert.Contains("IDX", IdxFault(Encoding.ASCII.GetBytes("hello, this is not what you think it is"), Idx(1, [100], 100)), StringComparison.Ordinal);

    [Fact]
    public void Open_PngBomb_IsRefusedByItsHeader()
    {
        var message = PngFault(Png(1_000_000, 1_000_000, [0]));
        Assert.Contains("1000000", message, StringComparison.Ordinal);
        Assert.Contains("at most", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_PngWithTooFewPixels_SaysSo() => Assert.Contains("its pixels end", PngFault(Png(64, 64, new byte[100])), StringComparison.Ordinal);

    [Fact]
    public void Open_PngWithABrokenChecksum_SaysSo()
    {
        var png = Png(8, 8, new byte[8 * 9]);
        png[^20] ^= 1;
        Assert.NotEmpty(PngFault(png));
    }

    [Fact]
    public void Open_TextForAPng_SaysSo() => Assert.Contains("PNG", PngFault(Encoding.ASCII.GetBytes("GIF89a and more of it")), StringComparison.Ordinal);

    [Fact]
    public void Open_FolderForAFile_SaysSo()
    {
        Directory.CreateDirectory(Path.Combine(folder, "picture.png"));
        Assert.NotEmpty(TestTarget.Fault(folder, "image", "file=picture.png"));
    }

    [Fact]
    public void Open_TextInNumberColumns_NamesEveryPlace()
    {
        var message = CsvFault("a,b,y\n1,2,3\nx,2,3\n1,,3\n1,2,abc\n");
        Assert.Contains("table.csv:3:1: a is 'x'", message, StringComparison.Ordinal);
        Assert.Contains("table.csv:4:3: b is ''", message, StringComparison.Ordinal);
        Assert.Contains("table.csv:5:5: y is 'abc'", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a,b,y\n1,2\n", "number of fields is 2")]
    [InlineData("a,a,y\n1,2,3\n", "another than that of column")]
    [InlineData("", "empty")]
    [InlineData("a,b,y\n", "0")]
    [InlineData("a,b,z\n1,2,3\n", "target is 'y'")]
    [InlineData("a,\"b,y\n1,2,3\n", "not closed")]
    public void Open_CsvOfABadForm_SaysWhat(string text, string expected) => Assert.Contains(expected, CsvFault(text), StringComparison.Ordinal);

    [Fact]
    public void Load_QuotedCsv_ReadsItsNumbersAndClasses()
    {
        var rows = string.Concat(Enumerable.Range(0, 30).Select(i => $"\"{i}\",{i * 2}.5,\"class, {i % 3}\"\r\n"));
        File.WriteAllText(Path.Combine(folder, "table.csv"), "a,b,\"y\"\r\n" + rows);
        var target = TestTarget.In(folder, "csv", 1, "file=table.csv", "target=y", "task=classification");
        Assert.Equal((2, 3, TaskKind.Classification), (target.Shape.Inputs, target.Shape.Outputs, target.Shape.Task));
        var seen = target.Load();
        var all = new[] { seen.Training, seen.Validation, target.LoadTest() };
        Assert.Equal(30, all.Sum(split => split.Count));
        foreach (var split in all)
        {
            for (var i = 0; i < split.Count; i++)
            {
                Assert.Equal(2 * split.X[2 * i] + 0.5f, split.X[2 * i + 1]);
                Assert.Equal((int)split.X[2 * i] % 3, split.Labels![i]);
            }
        }
    }

    private static byte[] Idx(int dimensions, int[] sizes, int bytes)
    {
        var file = new byte[4 + 4 * dimensions + bytes];
        (file[2], file[3]) = (8, (byte)dimensions);
        for (var i = 0; i < dimensions; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4 + 4 * i), sizes[i]);
        }

        return file;
    }

    private static byte[] Png(uint width, uint height, byte[] pixels)
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        var header = new byte[13];
        BinaryPrimitives.WriteUInt32BigEndian(header, width);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        Chunk("IHDR", header);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(pixels);
        }

        Chunk("IDAT", packed.ToArray());
        Chunk("IEND", []);
        return file.ToArray();

        void Chunk(string kind, byte[] body)
        {
            Span<byte> number = stackalloc byte[4];
            BinaryPrimitives.WriteInt32BigEndian(number, body.Length);
            file.Write(number);
            byte[] named = [.. Encoding.ASCII.GetBytes(kind), .. body];
            file.Write(named);
            BinaryPrimitives.WriteUInt32BigEndian(number, Checksum(named));
            file.Write(number);
        }
    }

    private static uint Checksum(byte[] bytes)
    {
        var crc = ~0u;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }

    private string IdxFault(byte[] images, byte[] labels)
    {
        File.WriteAllBytes(Path.Combine(folder, "images"), images);
        File.WriteAllBytes(Path.Combine(folder, "labels"), labels);
        return TestTarget.Fault(folder, "idx", "train_images=images", "train_labels=labels");
    }

    private string PngFault(byte[] file)
    {
        File.WriteAllBytes(Path.Combine(folder, "picture.png"), file);
        return TestTarget.Fault(folder, "image", "file=picture.png");
    }

    private string CsvFault(string text)
    {
        File.WriteAllText(Path.Combine(folder, "table.csv"), text);
        return TestTarget.Fault(folder, "csv", "file=table.csv", "target=y");
    }
}
