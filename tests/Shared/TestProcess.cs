using System.Diagnostics;

namespace ApproxCluster.Testing;

/// <summary>A test's own process with other settings of the runtime: it runs one method of the test assembly, which replies in lines.</summary>
internal static class TestProcess
{
    private const string ReplyVariable = "APPROX_TEST_REPLY";

    /// <summary>Where the method is to write its reply; null where it runs as a test like any other and has nothing to do.</summary>
    public static string? ReplyPath => Environment.GetEnvironmentVariable(ReplyVariable);

    /// <summary>Runs a method and gives its reply. Fails with the process's output when the method does.</summary>
    /// <param name="tests">The class of the method.</param>
    /// <param name="method">The method, a fact.</param>
    /// <param name="variables">Environment variables beside those of this process.</param>
    public static string[] Ask(Type tests, string method, params (string Name, string Value)[] variables)
    {
        var path = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo("dotnet", [tests.Assembly.Location, "-noColor", "-method", $"{tests.FullName}.{method}"]) { RedirectStandardOutput = true };
            start.Environment[ReplyVariable] = path;
            foreach (var (name, value) in variables)
            {
                start.Environment[name] = value;
            }

            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, output);
            return File.ReadAllLines(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
