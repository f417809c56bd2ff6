using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using ApproxCluster.Trainer;

namespace ApproxCluster.Bench.Mnist;

/// <summary>PyTorch in a process of its own, on our splits.</summary>
internal sealed class Peer : IDisposable
{
    private readonly string python;
    private readonly string folder = Directory.CreateTempSubdirectory("approx-mnist-").FullName;

    private Peer(string python, TargetData data, Samples test)
    {
        this.python = python;
        Write("train", data.Training);
        Write("validation", data.Validation);
        Write("test", test);
    }

    /// <summary>What it calls itself.</summary>
    public string Name { get; private set; } = "PyTorch";

    /// <summary>The peer, or null where it is not installed.</summary>
    public static Peer? Find(string python, TargetData data, Samples test)
    {
        try
        {
            using var probe = Process.Start(new ProcessStartInfo(python, ["-c", "import numpy, torch"]) { RedirectStandardError = true })!;
            probe.StandardError.ReadToEnd();
            probe.WaitForExit();
            return probe.ExitCode == 0 ? new Peer(python, data, test) : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Trains once.</summary>
    public Outcome Run(ulong seed, int epochs, int batch)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "mnist_torch.py");
        string[] arguments = [script, folder, .. new[] { (long)seed, epochs, batch }.Select(number => number.ToString(CultureInfo.InvariantCulture))];
        using var process = Process.Start(new ProcessStartInfo(python, arguments) { RedirectStandardOutput = true })!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{script} ended with {process.ExitCode}.");
        }

        var answer = JsonDocument.Parse(text).RootElement;
        Name = "PyTorch " + answer.GetProperty("version").GetString();
        return new Outcome(answer.GetProperty("accuracy").GetDouble(), answer.GetProperty("cpu").GetDouble(), answer.GetProperty("wall").GetDouble());
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void Write(string split, Samples samples)
    {
        File.WriteAllBytes(Path.Combine(folder, split + ".x"), MemoryMarshal.AsBytes<float>(samples.X));
        File.WriteAllBytes(Path.Combine(folder, split + ".y"), MemoryMarshal.AsBytes<int>(samples.Labels!));
    }
}

/// <summary>One training: accuracy on the test split, and what it took.</summary>
internal readonly record struct Outcome(double Accuracy, double ProcessorSeconds, double WallSeconds);
