using ApproxCluster.Search;

namespace ApproxCluster.Silo.Grains;

internal sealed partial class SweepGrain
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Sweep {Sweep} begins here.")]
    private partial void LogCreated(string sweep);

    [LoggerMessage(Level = LogLevel.Information, Message = "Sweep {Sweep} is coordinated here from event {Sequence} on; it is {Status}.")]
    private partial void LogLoaded(string sweep, long sequence, SweepStatus status);

    [LoggerMessage(Level = LogLevel.Information, Message = "Sweep {Sweep} has ended: {Status}, digest {Digest}.")]
    private partial void LogEnded(string sweep, SweepStatus status, string digest);

    [LoggerMessage(Level = LogLevel.Information, Message = "Sweep {Sweep}: worker {Worker} is gone; what it had is leased again.")]
    private partial void LogWorkerLost(string sweep, string worker);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sweep {Sweep}: its journal cannot be written now.")]
    private partial void LogNotWritten(string sweep, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sweep {Sweep}: its coordinator here steps down and will be loaded again from the journal.")]
    private partial void LogSteppedDown(string sweep, Exception exception);
}
