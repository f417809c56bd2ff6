using System.Diagnostics;
using System.Globalization;

namespace ApproxCluster.Engine;

/// <summary>How a program is started: everything that its process gets.</summary>
internal sealed record ProgramStart
{
    // The program becomes the leader of a session and process group of its own: signals reach all its processes and nobody else, and Ctrl-C in a terminal does not reach them. It begins when it is told to,
    // and ends when there is nobody to tell it.
    private const string Launch =
        """
        read -r begin || exit 1
        input=$1
        shift
        exec "$@" <"$input"
        """;

    // In a session of its own too. Where the worker is gone without a word, which is the end of the pipe, it ends the program's processes.
    private const string Watch =
        """
        exec >/dev/null 2>&1
        read -r word || kill -KILL "-$1"
        """;

    /// <summary>The program and its arguments.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Working folder.</summary>
    public required string Folder { get; init; }

    /// <summary>Variables beside those of this process.</summary>
    public required IReadOnlyList<(string Name, string Value)> Environment { get; init; }

    /// <summary>Variables of this process that are nothing for programs: how the cluster and its database are reached.</summary>
    public static IReadOnlyList<string> Withheld { get; } = ["APPROX_POSTGRES", "APPROX_CLUSTER"];

    /// <summary>File that it has as standard input.</summary>
    public string Input { get; init; } = "/dev/null";

    /// <summary>Starts it, under a watch that ends it when this process is gone. Throws <see cref="ProgramException"/> when the system refuses.</summary>
    public (Process Program, Process Watch) Start()
    {
        var program = Start([Launch, "sh", Input, .. Arguments], Folder, start =>
        {
            start.RedirectStandardOutput = true;
            start.RedirectStandardError = true;
            foreach (var name in Withheld)
            {
                start.Environment.Remove(name);
            }

            foreach (var (name, value) in Environment)
            {
                start.Environment[name] = value;
            }
        });
        try
        {
            var watch = Start([Watch, "watch", program.Id.ToString(CultureInfo.InvariantCulture)], "/", _ => { });
            Tell(program, "begin");
            return (program, watch);
        }
        catch
        {
            program.StandardInput.Close();
            program.Dispose();
            throw;
        }
    }

    /// <summary>Says a word to a process that waits for one, the last that it will hear.</summary>
    public static void Tell(Process process, string word)
    {
        try
        {
            process.StandardInput.Write(word + "\n");
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It is gone.
        }
    }

    private Process Start(IEnumerable<string> script, string folder, Action<ProcessStartInfo> set)
    {
        var start = new ProcessStartInfo("setsid", ["sh", "-c", .. script]) { WorkingDirectory = folder, RedirectStandardInput = true };
        set(start);
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception fault)
        {
            throw new ProgramException($"{Arguments[0]} cannot be started: {fault.Message}");
        }
    }
}

/// <summary>The program of a sweep cannot be started here: the message says why and what to do.</summary>
public sealed class ProgramException : Exception
{
    /// <summary>Makes the error.</summary>
    public ProgramException(string message)
        : base(message)
    {
    }
}
