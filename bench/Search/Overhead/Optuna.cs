using System.Diagnostics;
using System.Text.Json;

namespace ApproxCluster.Bench.Search;

/// <summary>Optuna's side of the overheads: as recorded, and measured now by the same program where it can be imported. All in memory.</summary>
/// <param name="folder">The benchmark's folder.</param>
/// <param name="python">The Python to start.</param>
internal sealed class Optuna(string folder, string python)
{
    private readonly List<JsonElement> recorded = Recorded(Path.Combine(folder, "results", "overhead.jsonl"));
    private bool? isInstalled;

    /// <summary>The recorded figure: of several repeats the median, of several samplers and versions the fastest. Null where none is recorded.</summary>
    public double? Record(OverheadCase measured) =>
        measured.Peers.Select(peer => recorded.Where(line => Text(line, measured.PeerKey) == peer).GroupBy(line => Text(line, "label")).Select(repeats => Median(measured, repeats)).Min())
            .Min();

    /// <summary>The figure of a run of each of the peer's samplers here, the fastest. Null where Optuna cannot be imported or fails.</summary>
    public double? Measure(OverheadCase measured)
    {
        isInstalled ??= Run(["-c", "import optuna"]) is not null;
        return isInstalled == true ? measured.Peers.Select(peer => Measure(measured, peer)).Min() : null;
    }

    private static string? Text(JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double? Median(OverheadCase measured, IEnumerable<JsonElement> repeats)
    {
        var figures = repeats.Where(line => Text(line, "kind") == measured.PeerKind && Text(line, "storage") == "mem")
            .SelectMany(line => line.GetProperty("marks").EnumerateArray())
            .Where(mark => mark.GetProperty(measured.PeerKind == "report" ? "trials" : "n").GetInt32() == measured.PeerMark)
            .Select(mark => mark.GetProperty(measured.PeerFigure).GetDouble())
            .ToList();
        return figures.Count == 0 ? null : Regrets.Quantile(figures, 0.5);
    }

    private static List<JsonElement> Recorded(string path) =>
        File.Exists(path) ? [.. File.ReadLines(path).Where(line => line.Length > 0).Select(line => JsonElement.Parse(line))] : [];

    private double? Measure(OverheadCase measured, string peer)
    {
        string[] size = measured.PeerKind switch
        {
            "seq" => ["--n", FormattableString.Invariant($"{measured.PeerMark}")],
            "report" => ["--trials", FormattableString.Invariant($"{measured.PeerMark}")],
            _ => [],
        };
        var output = Run([Path.GetFullPath(Path.Combine(folder, "run_overhead.py")), measured.PeerKind, "--storage", "mem", $"--{measured.PeerKey}", peer, "--limit", "120", .. size]);
        return output is null ? null : Median(measured, [JsonElement.Parse(output)]);
    }

    private string? Run(string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
