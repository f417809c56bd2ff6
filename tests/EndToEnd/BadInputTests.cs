using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace ApproxCluster.EndToEnd.Tests;

/// <summary>Wrong files end in a clear message: exit code 1 or 2, nothing on standard output, no stack trace.</summary>
public sealed class BadInputTests : Workplace
{
    [Fact]
    public async Task Check_TenFaults_AreAllNamedWithTheirPlaces()
    {
        Write(
            "faults.yaml",
            """
            name: "no spaces please"
            target: { kind: curve, formula: circle, samples: -5 }
            space:
              width: { int: [64, 16] }
              activation: { choice: [relu, swish] }
              learning_rate: fast
              dept: 3
            sampler: annealing
            trials: 0
            epochs: 2.5
            """);

        var ended = await ApproxAsync("run", "faults.yaml");

        Refused(ended, 2);
        var faults = ended.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.StartsWith("faults.yaml:", StringComparison.Ordinal)).ToList();
        Assert.Equal(10, faults.Count);
        Assert.All(faults, fault => Assert.Matches(@"^faults\.yaml:\d+:\d+: ", fault));
        Assert.False(Directory.Exists(Path.Combine(Folder, ".approx")));
    }

    [Fact]
    public async Task Run_TruncatedIdxFile_NamesTheFile()
    {
        Write("images", Idx([100, 4, 4], missing: 7));
        Write("labels", Idx([100], missing: 0));
        Write("idx.yaml", "target: { kind: idx, train_images: images, train_labels: labels }\ntrials: 2\nepochs: 1\n");

        var ended = await ApproxAsync("run", "idx.yaml");

        Refused(ended, 2);
        Assert.Contains("images", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_PngWithAHugeHeader_IsRefusedBeforeMemoryIsTaken()
    {
        Write("bomb.png", Png(60_000, 60_000));
        Write("bomb.yaml", "target: { kind: image, file: bomb.png }\ntrials: 2\nepochs: 1\n");

        var ended = await ApproxProcess.RunAsync(Folder, ["run", "bomb.yaml"], ("DOTNET_GCHeapHardLimit", "0x10000000"));

        Refused(ended, 2);
        Assert.Contains("bomb.png", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_TextInANumberColumn_NamesLineAndColumn()
    {
        var rows = Enumerable.Range(0, 30).Select(row => row == 17 ? "17,seventeen" : FormattableString.Invariant($"{row},{row * row}"));
        Write("table.csv", "x,y\n" + string.Join('\n', rows) + "\n");
        Write("csv.yaml", "target: { kind: csv, file: table.csv, target: y }\ntrials: 2\nepochs: 1\n");

        var ended = await ApproxAsync("run", "csv.yaml");

        Refused(ended, 2);
        Assert.Contains("table.csv", ended.Error, StringComparison.Ordinal);
        Assert.Contains("seventeen", ended.Error, StringComparison.Ordinal);
        Assert.Contains("19", ended.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/proc/approx")]
    [InlineData("occupied")]
    [InlineData("occupied/within")]
    public async Task Run_HomeCannotBeWritten_SaysWhatToDo(string home)
    {
        Write("occupied", "");
        Write("sweep.yaml", "target: curve\ntrials: 2\nepochs: 1\n");

        var ended = await ApproxAsync("run", "sweep.yaml", "--home", home);

        Refused(ended, 1);
        Assert.Contains("--home", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_DiskFillsUp_StopsAndResumesOnceThereIsSpace()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root", "Mounting a small disk needs root.");
        var disk = Path.Combine(Folder, "disk");
        Directory.CreateDirectory(disk);
        Assert.SkipUnless(await ShellAsync($"mount -t tmpfs -o size=400k tmpfs {disk}"), "A small disk cannot be mounted here.");
        try
        {
            Write("sweep.yaml", "name: full\ntarget: { kind: curve, samples: 64 }\nspace: { width: { int: [2, 8] }, learning_rate: { float: [0.001, 0.01] } }\ntrials: 3000\nparallel: 8\nepochs: 2\n");

            var full = await ApproxAsync("run", "sweep.yaml", "-q", "--home", "disk");

            Refused(full, 1);
            Assert.Matches("approx resume full-[0-9a-f]{4}", full.Error);
            Assert.True(await ShellAsync($"mount -o remount,size=200m {disk}"));
            var id = System.Text.RegularExpressions.Regex.Match(full.Error, "full-[0-9a-f]{4}").Value;
            var resumed = Digest(await ApproxAsync("resume", id, "-q", "-o", "json", "--home", "disk"));
            Assert.Equal(Digest(await ApproxAsync("run", "sweep.yaml", "-q", "-o", "json", "--home", "elsewhere")), resumed);
        }
        finally
        {
            await ShellAsync($"umount {disk}");
        }
    }

    // A build without Orleans knows no submit, and says why; one with it misses the file.
    [Fact]
    public async Task Submit_NoFile_NamesItOrTheMissingPart()
    {
        var expected = File.Exists(Repository.Silo) ? "sweep.yaml" : "Orleans packages could not be restored";

        var ended = await ApproxAsync("submit", "sweep.yaml");

        Refused(ended, 2);
        Assert.Contains(expected, ended.Error, StringComparison.Ordinal);
    }

    private static void Refused(Ended ended, int exitCode)
    {
        Assert.True(ended.ExitCode == exitCode, $"Exit code {ended.ExitCode}: {ended.Error}");
        Assert.Equal("", ended.Output);
        Assert.DoesNotContain("   at ", ended.Error, StringComparison.Ordinal);
        Assert.NotEqual("", ended.Error.Trim());
    }

    private static async Task<bool> ShellAsync(string command)
    {
        using var shell = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("sh", ["-c", command]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        await shell.WaitForExitAsync();
        return shell.ExitCode == 0;
    }

    private static byte[] Idx(int[] sizes, int missing)
    {
        using var stream = new MemoryStream();
        stream.Write([0, 0, 8, (byte)sizes.Length]);
        Span<byte> number = stackalloc byte[4];
        foreach (var size in sizes)
        {
            BinaryPrimitives.WriteInt32BigEndian(number, size);
            stream.Write(number);
        }

        var count = sizes.Aggregate(1, (product, size) => product * size);
        stream.Write([.. Enumerable.Range(0, count - missing).Select(value => (byte)(value % 10))]);
        return stream.ToArray();
    }

    private static byte[] Png(int width, int height)
    {
        using var stream = new MemoryStream();
        stream.Write([0x89, .. "PNG\r\n"u8, 0x1a, (byte)'\n']);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        header[9] = 2;
        Chunk(stream, "IHDR", header);
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(new byte[1 << 20]);
        }

        Chunk(stream, "IDAT", packed.ToArray());
        Chunk(stream, "IEND", []);
        return stream.ToArray();
    }

    private static void Chunk(MemoryStream stream, string type, byte[] data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        stream.Write(number);
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        stream.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(body));
        stream.Write(number);
    }

    // CRC-32 of PNG (ISO 3309), bit by bit.
    private static uint Crc(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0xEDB88320u & (uint)-(int)(crc & 1));
            }
        }

        return ~crc;
    }
}
