using ApproxCluster.Client.Commands;

namespace ApproxCluster.Client.Models;

/// <summary>Files that commands write: to a temporary name first, so that no half file is left.</summary>
internal static class OutputFile
{
    /// <summary>Writes a file. Throws <see cref="CommandException"/> when that is impossible.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        var temporary = FormattableString.Invariant($"{path}.{Environment.ProcessId}.tmp");
        try
        {
            try
            {
                using (var stream = File.Create(temporary))
                {
                    write(stream);
                }

                File.Move(temporary, path, overwrite: true);
            }
            catch
            {
                File.Delete(temporary);
                throw;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CommandException(ExitCodes.Usage, $"{path} cannot be written: {exception.Message} Name another file with -o.", exception);
        }
    }
}
