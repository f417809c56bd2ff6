using ApproxCluster.Search;
using ApproxCluster.Trainer;

namespace ApproxCluster.Storage;

/// <content>Checkpoints: one a trial, of its latest attempt, gone when the trial has ended. Their reports are kept as a segment's event is.</content>
internal sealed partial class SqlSweepStore
{
    // An ended trial has none: a late save must not leave one behind.
    private static readonly Statement SaveCheckpoint = new(
        "INSERT INTO checkpoint (sweep_id, trial, attempt, segment, epochs_done, reports, data) SELECT $1, $2, $3, $4, $5, $6, $7 "
        + "WHERE NOT EXISTS (SELECT 1 FROM trial_row WHERE sweep_id = $1 AND number = $2 AND state IN ('completed', 'pruned', 'failed', 'cancelled')) "
        + "ON CONFLICT (sweep_id, trial) DO UPDATE SET attempt = excluded.attempt, segment = excluded.segment, "
        + "epochs_done = excluded.epochs_done, reports = excluded.reports, data = excluded.data "
        + "WHERE checkpoint.attempt <= excluded.attempt");

    /// <inheritdoc />
    public Task SaveCheckpointAsync(string sweep, CheckpointRow checkpoint, CancellationToken cancellationToken) => GuardAsync("save a checkpoint", () =>
    {
        var (trial, attempt, segment, epochsDone, epochs, data) = checkpoint;
        var reports = EventCodec.Encode(new SegmentFinished(trial, segment, epochs, false, null)).Payload;
        var batch = new Batch();
        batch.Add(SaveCheckpoint, sweep, trial, attempt, segment, epochsDone, reports, data);
        return dialect.WriteAsync(batch, cancellationToken);
    });

    /// <inheritdoc />
    public async Task<CheckpointRow?> FindCheckpointAsync(string sweep, int trial, CancellationToken cancellationToken) =>
        First(await ReadAsync(
            "read a checkpoint",
            "SELECT attempt, segment, epochs_done, reports, data FROM checkpoint WHERE sweep_id = @sweep AND trial = @trial",
            reader => new CheckpointRow(
                trial,
                reader.GetInt32(0),
                reader.GetInt32(1),
                reader.GetInt32(2),
                Reports(reader.GetString(3)),
                reader.GetFieldValue<byte[]>(4)),
            cancellationToken,
            ("@sweep", sweep),
            ("@trial", trial)));

    private static IReadOnlyList<EpochReport> Reports(string payload) =>
        ((SegmentFinished)EventCodec.Decode("segment_finished", payload)).Epochs;
}
