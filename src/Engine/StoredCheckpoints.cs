using ApproxCluster.Storage;
using ApproxCluster.Trainer;

namespace ApproxCluster.Engine;

/// <summary>
/// The slots' checkpoints in a sweep store. A store that fails costs work, never a result: a checkpoint that cannot be kept or read is told to
/// the owner and otherwise as if it did not exist. Slots are threads of their own, so they may wait for the store.
/// </summary>
internal sealed class StoredCheckpoints(ISweepStore store, Action<string> warn) : ICheckpointStore
{
    private int faults;

    /// <inheritdoc />
    public void Save(SegmentRequest request, int epochsDone, IReadOnlyList<EpochReport> reports, ReadOnlyMemory<byte> checkpoint)
    {
        try
        {
            var row = new CheckpointRow(request.Trial, request.Attempt, request.Segment, epochsDone, reports, checkpoint);
            store.SaveCheckpointAsync(request.Sweep, row, CancellationToken.None).GetAwaiter().GetResult();
        }
        catch (StorageException exception)
        {
            Fault($"A checkpoint of trial {request.Trial} could not be kept: {exception.Message}");
        }
    }

    /// <inheritdoc />
    public SavedCheckpoint? Load(SegmentRequest request)
    {
        try
        {
            var row = store.FindCheckpointAsync(request.Sweep, request.Trial, CancellationToken.None).GetAwaiter().GetResult();
            return row is null ? null : Usable(row, request);
        }
        catch (StorageException exception)
        {
            Fault($"The checkpoint of trial {request.Trial} could not be read, so it is trained again: {exception.Message}");
            return null;
        }
    }

    /// <summary>
    /// The checkpoint with the reports that the segment still owes, or null when it lies outside of the segment, lacks some of them, or mixes the
    /// search's training with a scoring run, which is another segment of the same trial.
    /// </summary>
    internal static SavedCheckpoint? Usable(CheckpointRow row, SegmentRequest request)
    {
        if (row.EpochsDone < request.FromEpoch || row.EpochsDone > request.ToEpoch || (request.ScoreTest && row.Segment != request.Segment))
        {
            return null;
        }

        var reports = row.Reports.Where(report => report.Epoch > request.FromEpoch).ToList();
        return reports.Count == row.EpochsDone - request.FromEpoch ? new SavedCheckpoint(row.EpochsDone, reports, row.Data) : null;
    }

    private void Fault(string message)
    {
        // One line for a failing disk, not one a checkpoint.
        if (Interlocked.Increment(ref faults) == 1)
        {
            warn(message);
        }
    }
}
