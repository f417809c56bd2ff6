using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace ApproxCluster.Bench.Trainer;

/// <summary>One way of training in Python: a script of the peers' folder that prints its rate as JSON.</summary>
/// <param name="Name">Short name.</param>
/// <param name="IsIdiomatic">Whether it is what a user would write, with autograd.</param>
/// <param name="Field">Field of the reply with the samples per second.</param>
/// <param name="Arguments">Script and arguments.</param>
internal sealed record PythonPeer(string Name, bool IsIdiomatic, string Field, params string[] Arguments)
{
    private const string Python = "/usr/bin/python3";

    private static readonly string SweepEpochs = SweepRace.Epochs.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether it is a way of PyTorch.</summary>
    public bool IsPyTorch => Name.StartsWith("torch", StringComparison.Ordinal);

    /// <summary>The ways for a workload: PyTorch as in the tutorial and by hand, numpy by hand; for f, PyTorch in two processes.</summary>
    public static IReadOnlyList<PythonPeer> For(string workload) => workload == "f"
        ?
        [
            new("torch seq", true, "wall_rate", "sweep_torch.py", "seq", "--epochs", SweepEpochs),
            new("torch script", false, "wall_rate", "sweep_torch.py", "script", "--epochs", SweepEpochs),
            new("torch bmm", false, "wall_rate", "sweep_torch.py", "bmm", "--epochs", SweepEpochs),
        ]
        :
        [
            new("torch foreach", true, "median", "train_torch.py", workload, "foreach", "--seconds", "0.4", "--repeats", "1"),
            new("torch plain", true, "median", "train_torch.py", workload, "plain", "--seconds", "0.4", "--repeats", "1"),
            new("torch script", false, "median", "train_torch.py", workload, "script", "--seconds", "0.4", "--repeats", "1"),
            new("torch manual", false, "median", "train_torch.py", workload, "manual", "--seconds", "0.4", "--repeats", "1"),
            new("numpy", false, "median", "train_numpy.py", workload, "--seconds", "0.4", "--repeats", "1"),
        ];

    /// <summary>Samples per second in one go; null, with the reason on standard error, when the peer is not there.</summary>
    public double? Run(string folder)
    {
        var start = new ProcessStartInfo(Python, Arguments)
        {
            WorkingDirectory = Path.Combine(folder, "python"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        PeerEnvironment.Prepare(start);
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode == 0)
            {
                using var reply = JsonDocument.Parse(output);
                return reply.RootElement.GetProperty(Field).GetDouble();
            }

            Console.Error.WriteLine($"No {Name}: {errors.Result.TrimEnd().Split('\n')[^1]}");
        }
        catch (Win32Exception error)
        {
            Console.Error.WriteLine($"No {Name}: {error.Message}");
        }

        return null;
    }
}
