using System.Runtime.InteropServices;

namespace ApproxCluster.Trainer;

/// <summary>Writes files whole or not at all: to a temporary name beside them first, so that no half file is left.</summary>
public static partial class WholeFile
{
    private const int CurrentFolder = -100;
    private const uint TypeWanted = 1;
    private const int TypeAt = 28;
    private const int TypeBits = 0xF000;
    private const int RegularFile = 0x8000;

    private static int written;

    /// <summary>
    /// Writes a file, in place of one that is there. Where a link stands, it stays, and what it names is written. Devices, pipes and the like (<c>/dev/null</c>, <c>/dev/stdout</c>)
    /// are written to, never replaced. Of several writes at a time to one path, the last to end stays.
    /// </summary>
    /// <param name="path">Where to; its folder must exist.</param>
    /// <param name="write">Writes the contents.</param>
    /// <exception cref="IOException">The file cannot be written; <see cref="DirectoryNotFoundException"/> where its folder does not exist.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"The folder {folder} of {Path.GetFileName(path)} does not exist. Create it first.");
        }

        if (IsDevice(path))
        {
            // Not all of what is written knows how to do without a place in the stream.
            using var whole = new MemoryStream();
            write(whole);
            using var device = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            whole.WriteTo(device);
            return;
        }

        var file = new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;

        // A name of its own for every write, also of threads that write the same file.
        var temporary = FormattableString.Invariant($"{file}.{Environment.ProcessId}.{Interlocked.Increment(ref written)}.tmp");
        try
        {
            using (var stream = File.Create(temporary))
            {
                write(stream);
            }

            File.Move(temporary, file, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Whether something is there that is neither a file with content of its own nor a folder. The class library does not tell; only Linux is asked.</summary>
    private static unsafe bool IsDevice(string path)
    {
        if (!OperatingSystem.IsLinux() || !File.Exists(path))
        {
            return false;
        }

        // struct statx, the same on every processor: 256 bytes, stx_mode after 28 of them.
        var status = stackalloc byte[256];
        try
        {
            return Status(CurrentFolder, path, 0, TypeWanted, status) == 0 && (*(ushort*)(status + TypeAt) & TypeBits) != RegularFile;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Status(int folder, string path, int flags, uint wanted, byte* status);
}
