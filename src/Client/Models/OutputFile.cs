using ApproxCluster.Client.Commands;
using ApproxCluster.Trainer;

namespace ApproxCluster.Client.Models;

/// <summary>Files that commands write.</summary>
internal static class OutputFile
{
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
