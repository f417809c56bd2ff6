using ApproxCluster.Testing;

namespace ApproxCluster.Trainer.Tests;

/// <summary>onnxruntime in Node, in a folder outside of the clone ($APPROX_TEST_CACHE, else the temporary folder), fetched with npm once.</summary>
internal static class OnnxRuntime
{
    private const string Package = "onnxruntime-web@1.19.2";

    private static readonly Lazy<Task<(string? Modules, string Why)>> Prepared = new(PrepareAsync);

    /// <summary>Runs every NAME.onnx of a folder on NAME.in; skips the test where Node or the package cannot be had.</summary>
    public static async Task RunAsync(string folder)
    {
        var (modules, why) = await Prepared.Value;
        Assert.SkipWhen(modules is null, why);
        var (done, said) = await Tool.RunAsync("node", RepositoryRoot.PathOf("tests", "Trainer", "Models", "run-onnx.mjs"), modules!, folder);
        Assert.True(done, said);
    }

    private static async Task<(string? Modules, string Why)> PrepareAsync()
    {
        if (await Tool.RunAsync("node", "--version") is (false, var missing))
        {
            return (null, $"ONNX files are not run: {missing}");
        }

        var cache = Environment.GetEnvironmentVariable("APPROX_TEST_CACHE") is { Length: > 0 } named ? named : Path.Combine(Path.GetTempPath(), "approx-test-cache");
        var modules = Path.Combine(cache, Package);
        if (!Directory.Exists(Path.Combine(modules, "node_modules", "onnxruntime-web")))
        {
            // Into a folder of its own first: another run may be fetching too.
            Directory.CreateDirectory(cache);
            var fetched = Directory.CreateTempSubdirectory("approx-npm-").FullName;
            await File.WriteAllTextAsync(Path.Combine(fetched, "package.json"), "{}");
            var (done, said) = await Tool.RunAsync(
                "npm", "install", "--prefix", fetched, Package, "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", "--fetch-timeout=60000");
            if (!done)
            {
                Directory.Delete(fetched, recursive: true);
                var error = said.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.Ordinal)) ?? said;
                return (null, $"ONNX files are not run: npm could not fetch {Package}: {error}");
            }

            if (!Directory.Exists(modules))
            {
                Directory.Move(fetched, modules);
            }
        }

        return (modules, "");
    }
}
