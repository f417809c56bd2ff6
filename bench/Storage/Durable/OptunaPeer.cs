using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace ApproxCluster.Bench.Storage;

/// <summary>Optuna in a store of its own, by run_overhead.py of the search benchmark's folder: a process for each worker, as its users have.</summary>
/// <param name="folder">The benchmark's folder.</param>
/// <param name="python">A Python with Optuna and its drivers.</param>
internal sealed class OptunaPeer(string folder, string python)
{
    private const int Seconds = 8;

    /// <summary>Its version; null where it cannot be imported.</summary>
    public async Task<string?> VersionAsync() => (await RunAsync(null, "-c", "import optuna; print(optuna.__version__)"))?.Trim();

    /// <summary>Trials of a free objective by so many workers, for some seconds.</summary>
    public async Task<PeerFigures?> TrialsAsync(PeerPlace place, int workers)
    {
        var (size, log) = (await place.Size(), await place.Log());
        if (await ReplyAsync(place, "par", "--sampler", "random", "--procs", Text(workers), "--seconds", Text(Seconds)) is not { } reply)
        {
            return null;
        }

        var trials = reply.GetProperty("trials").GetInt32();
        return new(
            reply.GetProperty("trials_per_s").GetDouble(),
            reply.GetProperty("median_ms").GetDouble(),
            reply.GetProperty("p99_ms").GetDouble(),
            (double)(await place.Size() - size) / trials,
            (double?)(await place.Log() - log) / trials);
    }

    /// <summary>Milliseconds of wall time that a report and ASHA's decision take, in trials of 20 epochs by one worker.</summary>
    public async Task<double?> ReportAsync(PeerPlace place)
    {
        var reply = await ReplyAsync(place, "report", "--pruner", "asha", "--trials", "30", "--steps", "20", "--limit", Text(2 * Seconds));
        return reply?.GetProperty("marks").EnumerateArray().Last().GetProperty("per_step_ms_wall").GetDouble();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task<JsonElement?> ReplyAsync(PeerPlace place, string kind, params string[] arguments) =>
        await RunAsync(place, [Path.GetFullPath(Path.Combine(folder, "run_overhead.py")), kind, "--storage", place.Storage, .. arguments]) is { } output
            ? JsonElement.Parse(output)
            : null;

    private async Task<string?> RunAsync(PeerPlace? place, params string[] arguments)
    {
        var start = new ProcessStartInfo(python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        foreach (var (name, value) in place?.Environment ?? [])
        {
            start.Environment[name] = value;
        }

        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            if (process.ExitCode == 0)
            {
                return output;
            }

            await Console.Error.WriteLineAsync($"Optuna failed: {(await errors).TrimEnd().Split('\n')[^1]}");
        }
        catch (Win32Exception error)
        {
            await Console.Error.WriteLineAsync($"No {python}: {error.Message}");
        }

        return null;
    }
}

/// <summary>Where a peer keeps its studies.</summary>
/// <param name="Storage">The word for the kind of storage.</param>
/// <param name="Environment">Variables that name the place.</param>
/// <param name="Size">Bytes of its tables and indexes, tidied up.</param>
/// <param name="Log">Bytes written to the log of changes; null where they are not counted.</param>
internal sealed record PeerPlace(string Storage, Dictionary<string, string> Environment, Func<Task<long>> Size, Func<Task<long?>> Log);

/// <summary>What a run of the peer has shown, as <see cref="DurableFigures"/>; a latency is that of a trial's ask, ten suggestions and tell.</summary>
internal sealed record PeerFigures(double Rate, double Median, double Tail, double Bytes, double? Log);
