using System.Text.Json;

namespace ApproxCluster.EndToEnd.Tests;

/// <summary>A folder of its own for a test, with a sweep file, and short ways to run things there.</summary>
internal sealed class Scene : IDisposable
{
    /// <summary>A sweep of a few seconds: ASHA with promotion, replicates, nested choices.</summary>
    public const string Sweep = """
        name: scene
        target: {kind: curve, formula: chirp, samples: 256, noise: 0.05}
        space:
          encoding: {choice: [identity, {fourier1d: {order: {choice: [2, 8]}}}]}
          width: {choice: [16, 32]}
          learning_rate: {float: [1e-3, 1e-2], log: true}
        sampler: sobol
        pruner: {asha: {min_epochs: 10, reduction_factor: 3, promote: true}}
        trials: 24
        replicates: 2
        parallel: 6
        epochs: 90
        seed: 7
        """;

    public Scene(string sweep = Sweep)
    {
        Folder = Directory.CreateTempSubdirectory("approx-scene-").FullName;
        File = Write("sweep.yaml", sweep);
    }

    public string Folder { get; }

    public string File { get; }

    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Starts the command line with a home of its own.</summary>
    public RunningProgram Approx(string home, params string[] arguments) =>
        RunningProgram.Start(Repository.Program, [.. arguments, "--home", Path.Combine(Folder, home)]);

    /// <summary>The digest that a run of the sweep prints.</summary>
    public string Digest(string home, string[] arguments, params (string, string)[] environment)
    {
        using var run = RunningProgram.Start(
            Repository.Program, ["run", File, "-o", "json", "-q", "--home", Path.Combine(Folder, home), .. arguments], environment);
        Assert.True(run.Wait() == 0, run.Errors);
        return DigestOf(run.Output);
    }

    public static string DigestOf(string json) => JsonDocument.Parse(json).RootElement.GetProperty("digest").GetString()!;

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
