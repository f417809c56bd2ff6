using System.Text.RegularExpressions;

namespace ApproxCluster.Bench.Trainer;

/// <summary>What the machine says of itself.</summary>
internal static partial class Processor
{
    /// <summary>The processor's name, or its architecture.</summary>
    public static string Name => Read("/proc/cpuinfo") is { } text && ModelName().Match(text) is { Success: true } match
        ? match.Groups[1].Value.Trim()
        : System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString();

    /// <summary>The name in letters that suit a file.</summary>
    public static string FileName => Unsuitable().Replace(Name, "-").Trim('-');

    /// <summary>Mean load of the last minute, where the system tells.</summary>
    public static string Load => Read("/proc/loadavg")?.Split(' ')[0] ?? "unknown";

    private static string? Read(string path) => File.Exists(path) ? File.ReadAllText(path) : null;

    [GeneratedRegex(@"model name\s*:\s*(.+)")]
    private static partial Regex ModelName();

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex Unsuitable();
}
