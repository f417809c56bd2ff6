using ApproxCluster.Client.Commands;
using ApproxCluster.Client.Rendering;
using ApproxCluster.Engine;
using ApproxCluster.Search;
using ApproxCluster.Trainer;

namespace ApproxCluster.Client.Local;

/// <summary>A sweep file that was read, checked, and whose target opens.</summary>
/// <param name="Spec">The sweep.</param>
/// <param name="Target">Its target; null where a program trains.</param>
/// <param name="DataFolder">The folder in which the target found its files, or which the program's own folder is relative to.</param>
internal sealed record OpenedSweep(SweepSpec Spec, ITarget? Target, string DataFolder)
{
    /// <summary>Sizes of the target.</summary>
    public TargetShape Shape => Target?.Shape ?? TargetShape.None;
}

/// <summary>Reads sweep files for commands: all faults at once, then the target's.</summary>
internal static class SweepFiles
{
    private const long SizeLimit = 1 << 20;

    /// <summary>Reads a file and opens its target. Throws <see cref="CommandException"/> with every fault.</summary>
    public static OpenedSweep Open(string file, ulong? seed, CommandContext context)
    {
        var spec = Read(file);
        if (seed is { } wanted)
        {
            spec = spec with { Seed = wanted };
        }

        if (spec.Command is { } command)
        {
            var root = context.Data ?? Path.GetDirectoryName(Path.GetFullPath(file)) ?? Directory.GetCurrentDirectory();
            _ = ProgramPath.Find(command, root);
            return new OpenedSweep(spec, null, root);
        }

        var (target, folder) = OpenTarget(spec, DataFolders(context.Data, file));
        if (Objectives.Fault(spec.Objective, target.Shape) is { } fault)
        {
            throw CommandException.Usage($"{file}: objective: {fault}");
        }

        return new OpenedSweep(spec, target, folder);
    }

    /// <summary>The target with its training and validation data, loaded once: faults in the data come before anything runs.</summary>
    public static ITarget? Preload(ITarget? target) => target is null ? null : new PreloadedTarget(target, target.Load());

    /// <summary>Opens a sweep's target in the first folder that has its files. The first folder's fault is told when none has.</summary>
    public static (ITarget Target, string DataFolder) OpenTarget(SweepSpec spec, IReadOnlyList<string> folders)
    {
        TargetException? first = null;
        foreach (var folder in folders)
        {
            try
            {
                return (TargetCatalog.Open(spec.Target!, Seeds.Derive(spec.Seed, "target"), folder), folder);
            }
            catch (TargetException exception)
            {
                first ??= exception;
            }
        }

        throw first ?? new TargetException("There is no data folder.");
    }

    /// <summary>Opens what a known sweep trains with, in the first folder that has it: its target, or its program.</summary>
    public static (ITarget? Target, string DataFolder) OpenKnown(SweepSpec spec, IReadOnlyList<string> folders)
    {
        if (spec.Command is not { } command)
        {
            return OpenTarget(spec, folders);
        }

        _ = ProgramPath.Find(command, folders[0]);
        return (null, folders[0]);
    }

    /// <summary>Where data files are looked up: the data folder, then beside the sweep file.</summary>
    public static IReadOnlyList<string> DataFolders(string? data, string file)
    {
        var beside = Path.GetDirectoryName(Path.GetFullPath(file)) ?? Directory.GetCurrentDirectory();
        return [.. new[] { data ?? Directory.GetCurrentDirectory(), beside }.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Reads a file without opening its target. Throws <see cref="CommandException"/> with every fault.</summary>
    public static SweepSpec Read(string file)
    {
        var parsed = SweepFile.Parse(ReadText(file), file);
        if (parsed.Spec is { } spec && parsed.Faults.Count == 0)
        {
            return spec;
        }

        var count = parsed.Faults.Count;
        var lines = parsed.Faults.Select(fault => fault.ToString()).Append(Terminal.Text($"{file} has {count} {(count == 1 ? "fault" : "faults")}; nothing was run."));
        throw CommandException.Usage(string.Join(Environment.NewLine, lines));
    }

    private static string ReadText(string file)
    {
        try
        {
            if (Directory.Exists(file))
            {
                throw CommandException.Usage($"{file} is a folder, but must be a sweep file. See docs/sweep-file.md.");
            }

            var length = new FileInfo(file).Length;
            if (length > SizeLimit)
            {
                throw CommandException.Usage(Terminal.Text($"{file} has {length} bytes, but a sweep file must have at most {SizeLimit}. Is it a data file?"));
            }

            return File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw CommandException.Usage($"Sweep file {file} does not exist. Check the path; examples/ has some to begin with.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw CommandException.Usage($"Sweep file {file} cannot be read: {exception.Message}");
        }
    }

    private sealed class PreloadedTarget(ITarget inner, TargetData data) : ITarget
    {
        public TargetShape Shape => inner.Shape;

        public TargetData Load() => data;

        public Samples LoadTest() => inner.LoadTest();
    }
}
