namespace ApproxCluster.Trainer;

/// <content>Files.</content>
public sealed partial class Model
{
    /// <summary>Writes a model file: to a temporary name beside it first, so that <paramref name="path"/> never holds half a model.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Save(string path) => Write(path, Save);

    /// <summary>Writes a model file: version 1. A few bytes more than 4 per parameter.</summary>
    public void Save(Stream stream) => ModelFile.Write(this, stream);

    /// <summary>Reads a model file.</summary>
    /// <exception cref="InvalidDataException">It is torn, of a later version, or no model file; the message names it.</exception>
    /// <exception cref="IOException">The file cannot be read; <see cref="FileNotFoundException"/> where there is none.</exception>
    public static Model Load(string path)
    {
        using var stream = File.OpenRead(path);
        return ModelFile.Read(stream, path);
    }

    /// <summary>Reads a model file up to its end.</summary>
    /// <exception cref="InvalidDataException">It is torn, of a later version, or no model file.</exception>
    public static Model Load(Stream stream) => ModelFile.Read(stream, "The stream");

    private static void Write(string path, Action<Stream> write)
    {
        var temporary = FormattableString.Invariant($"{path}.{Environment.ProcessId}.tmp");
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
}
