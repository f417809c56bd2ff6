using ApproxCluster.Client.Commands;
using ApproxCluster.Trainer;

namespace ApproxCluster.Client.Models;

/// <summary>Files that commands write.</summary>
internal static class OutputFile
{
    /// <summary>Throws <see cref="CommandException"/> where a file cannot be written, as far as that shows before there is something to write.</summary>
    public static void Check(string? path)
    {
        if (path is not null and not ModelOptions.Pipe && (Directory.Exists(path) || !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path)))))
        {
            throw CommandException.Usage($"{path} cannot be written: it is a folder, or its folder does not exist. Name another file with -o, or create the folder.");
        }
    }

    /// <summary>Writes a file, whole or not at all. Throws <see cref="CommandException"/> when that is impossible.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        try
        {
            WholeFile.Write(path, write);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CommandException(ExitCodes.Usage, $"{path} cannot be written: {exception.Message} Name another file with -o.", exception);
        }
    }
}
