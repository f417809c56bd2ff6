namespace ApproxCluster.Silo.Workers;

internal sealed partial class SiloWorker
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Takes part in sweep {Sweep}.")]
    private partial void LogJoined(string sweep);

    [LoggerMessage(Level = LogLevel.Information, Message = "No longer takes part in sweep {Sweep}.")]
    private partial void LogLeft(string sweep);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Cannot take part in sweep {Sweep}; tries again in {HoldOff}.")]
    private partial void LogFailed(string sweep, TimeSpan holdOff, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store could not be asked for unfinished sweeps.")]
    private partial void LogLookFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Message}")]
    private partial void LogWarning(string message);
}
