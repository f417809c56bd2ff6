using System.Runtime.InteropServices;
using ApproxCluster.Client.Commands;

namespace ApproxCluster.Client.Local;

/// <summary>
/// Ctrl-C, SIGTERM and a closed terminal during a local sweep: the first asks for a checkpoint and an orderly end, the second ends the process on
/// the spot. Nothing is lost by it but the work since the last checkpoint.
/// </summary>
internal sealed class Interrupts : IDisposable
{
    private readonly CancellationTokenSource first = new();
    private readonly List<PosixSignalRegistration> registrations = [];
    private readonly Action<string> say;
    private int count;

    public Interrupts(Action<string> say)
    {
        this.say = say;
        Listen(PosixSignal.SIGINT, ExitCodes.Interrupted);
        Listen(PosixSignal.SIGTERM, ExitCodes.Terminated);
        Listen(PosixSignal.SIGHUP, ExitCodes.HungUp);
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => first.Token;

    /// <summary>The exit code that the first signal asks for, or null.</summary>
    public int? ExitCode { get; private set; }

    /// <inheritdoc />
    public void Dispose()
    {
        registrations.ForEach(registration => registration.Dispose());
        first.Dispose();
    }

    private void Listen(PosixSignal signal, int exitCode) => registrations.Add(PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref count) == 1)
        {
            ExitCode = exitCode;
            say("Saving checkpoints; once more ends at once.");
            first.Cancel();
            return;
        }

        // No clean-up: the user has asked twice. The journal and the checkpoints bear it.
        say("Ended at once.");
        Environment.Exit(exitCode);
    }));
}
