namespace ApproxCluster.Trainer;

/// <summary>Files behind targets: where they are, and every fault of opening or reading them as a <see cref="TargetException"/>.</summary>
internal static class DataFile
{
    /// <summary>What to do about a file that is not where it was looked for.</summary>
    public const string RootAdvice = "Set the data folder with --data DIR or APPROX_DATA, or give a full path.";

    /// <summary>The full path of a file option; relative ones are looked up in the data folder. The file must exist and be a file.</summary>
    /// <param name="option">The option's name, for messages.</param>
    /// <param name="value">Its value.</param>
    /// <param name="dataFolder">The data folder.</param>
    public static string Locate(string option, string value, string dataFolder)
    {
        var path = FullPath(option, value, dataFolder);
        if (Directory.Exists(path))
        {
            throw new TargetException($"{option} is {path}, which is a folder, but must be a file. Name a file in it.");
        }

        return File.Exists(path)
            ? path
            : throw new TargetException($"{option} is '{value}', but must be an existing file; looked at {path}. {RootAdvice}");
    }

    /// <summary>The full path of a file option, whether or not there is anything.</summary>
    public static string FullPath(string option, string value, string dataFolder)
    {
        try
        {
            return Path.GetFullPath(Path.Combine(dataFolder, value));
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException or PathTooLongException)
        {
            throw new TargetException($"{option} is '{value}', but must be the path of a file. Correct it.", fault);
        }
    }

    /// <summary>Opens a file for reading from front to back.</summary>
    public static FileStream Open(string path) => Guard(path, () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16));

    /// <summary>The whole of a file, which must not be longer than a limit.</summary>
    public static byte[] ReadAll(string path, long limit)
    {
        using var stream = Open(path);
        return Guard(path, () =>
        {
            var length = stream.Length;
            if (length > limit)
            {
                throw new TargetException($"{path}: its size is {length} bytes, but must be at most {limit}. Use a smaller file.");
            }

            var bytes = new byte[length];
            stream.ReadExactly(bytes);
            return bytes;
        });
    }

    /// <summary>Runs something that reads a file; faults of the file system come out as <see cref="TargetException"/>s.</summary>
    public static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new TargetException(Explain(path, fault), fault);
        }
    }

    /// <summary>A fault of the file system in words.</summary>
    internal static string Explain(string path, Exception fault) => fault switch
    {
        UnauthorizedAccessException when Directory.Exists(path) => $"{path} is a folder, but must be a file. Name a file in it.",
        UnauthorizedAccessException => $"{path} cannot be read: permission denied. Give this user the right to read it.",
        FileNotFoundException or DirectoryNotFoundException => $"{path} does not exist. {RootAdvice}",
        EndOfStreamException => $"{path} became shorter while it was read. Let it be written to the end first.",
        _ => $"{path} cannot be read: {fault.Message} Check the file and its disk.",
    };
}
