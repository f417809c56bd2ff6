using System.Diagnostics;

namespace ApproxCluster.Bench.Trainer;

/// <summary>The environment that lets the peers be as fast as they can: a BLAS reads it when it is loaded, so this process may have to start again.</summary>
internal static class PeerEnvironment
{
    private static readonly string[] Hobbles = ["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"];

    private static readonly (string Name, string Value)[] Settings =
        [("OPENBLAS_NUM_THREADS", "1"), ("OMP_NUM_THREADS", "1"), ("ATEN_CPU_CAPABILITY", "avx512")];

    /// <summary>Runs the program again in a better environment and gives its exit code; null when this one will do.</summary>
    public static int? Restart(string[] args)
    {
        if (Settings.All(setting => Environment.GetEnvironmentVariable(setting.Name) == setting.Value)
            && Hobbles.All(name => Environment.GetEnvironmentVariable(name) is null))
        {
            return null;
        }

        using var process = Process.Start(Itself(args))!;
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>This program with other arguments, in the peers' environment.</summary>
    public static ProcessStartInfo Itself(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(PeerEnvironment).Assembly.Location, .. args]);
        Prepare(start);
        return start;
    }

    /// <summary>Sets the environment of a process to be started.</summary>
    public static void Prepare(ProcessStartInfo start)
    {
        foreach (var name in Hobbles)
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in Settings)
        {
            start.Environment[name] = value;
        }
    }
}
