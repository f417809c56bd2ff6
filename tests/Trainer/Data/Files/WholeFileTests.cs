using System.Diagnostics;

namespace ApproxCluster.Trainer.Tests;

public sealed class WholeFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("approx-whole-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Write_AWriterThatFails_LeavesTheOldFileAndNothingElse()
    {
        var file = Path.Combine(folder, "file");
        File.WriteAllText(file, "old");

        Assert.Throws<InvalidOperationException>(() => WholeFile.Write(file, stream =>
        {
            stream.Write("half"u8);
            throw new InvalidOperationException();
        }));

        Assert.Equal("old", File.ReadAllText(file));
        Assert.Equal([file], Directory.GetFiles(folder));
    }

    [Fact]
    public void Write_ThroughALink_WritesWhatItNames()
    {
        var (file, link) = (Path.Combine(folder, "file"), Path.Combine(folder, "link"));
        File.WriteAllText(file, "old");
        File.CreateSymbolicLink(link, "file");

        WholeFile.Write(link, stream => stream.Write("new"u8));

        Assert.Equal("new", File.ReadAllText(file));
        Assert.Equal("file", new FileInfo(link).LinkTarget);
    }

    [Fact]
    public async Task Write_ToAPipe_WritesIntoItAndLeavesIt()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Named pipes are files on Linux only.");
        var pipe = Path.Combine(folder, "pipe");
        using (var make = Process.Start("mkfifo", pipe))
        {
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        using var reader = Process.Start(new ProcessStartInfo("cat", [pipe]) { RedirectStandardOutput = true })!;
        var read = reader.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        WholeFile.Write(pipe, stream =>
        {
            stream.Write("head"u8);
            Assert.Equal(4, stream.Position);
            stream.Write("tail"u8);
        });

        // Where a file had taken the pipe's place, this file ends what would wait for ever.
        if (Directory.GetFiles(folder).Single() is var only && new FileInfo(only).Length > 0)
        {
            reader.Kill();
        }

        Assert.Equal("headtail", await read);
    }
}
