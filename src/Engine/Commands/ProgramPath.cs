using ApproxCluster.Search;

namespace ApproxCluster.Engine;

/// <summary>Finds programs before anything is run.</summary>
public static class ProgramPath
{
    /// <summary>The working folder and the file of a sweep's program.</summary>
    /// <param name="command">The program.</param>
    /// <param name="root">The folder that its own is relative to.</param>
    /// <exception cref="ProgramException">One of them is missing, or programs cannot be run here.</exception>
    public static (string Folder, string File) Find(CommandSpec command, string root)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new ProgramException("trainer: programs train trials on Linux only, since their processes are followed and ended as Linux has it. Run the sweep there, or in a container.");
        }

        foreach (var tool in new[] { "sh", "setsid" })
        {
            if (Search(tool, Variable("PATH")) is null)
            {
                throw new ProgramException($"trainer: {tool} is not on PATH, but must be, since it starts the program. Install it (setsid: util-linux or busybox).");
            }
        }

        var folder = Path.GetFullPath(command.Directory ?? ".", Path.GetFullPath(root));
        if (!Directory.Exists(folder))
        {
            throw new ProgramException($"trainer.directory: the working folder is {folder}, but must exist. Make it, or correct 'directory', which is relative to {root}.");
        }

        var name = command.Arguments[0];
        var file = name.Contains('/')
            ? Path.GetFullPath(name, folder) is var path && IsExecutable(path) ? path : null
            : Search(name, command.Environment.GetValueOrDefault("PATH") ?? Variable("PATH"));
        return file is null
            ? throw new ProgramException($"trainer.command: the program is '{name}', but must be {(name.Contains('/') ? $"an executable file, relative to {folder}" : "one that is on PATH (write ./NAME for one of the working folder)")}. Install it, or correct the name.")
            : (folder, file);
    }

    private static string Variable(string name) => Environment.GetEnvironmentVariable(name) ?? "";

    private static string? Search(string name, string path) =>
        path.Split(':', StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, name)).FirstOrDefault(IsExecutable);

    private static bool IsExecutable(string file) =>
        OperatingSystem.IsLinux() && File.Exists(file) && (File.GetUnixFileMode(file) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;
}
