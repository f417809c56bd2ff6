using ApproxCluster.Search;
using ApproxCluster.Trainer;

namespace ApproxCluster.Engine;

/// <summary>Trains networks on a target, on the slots themselves.</summary>
internal sealed class NetworkTrainer(string sweep, ITarget target, TrainingSlots slots) : ITrialTrainer
{
    /// <summary>Opens the target, and warms the trainer up meanwhile. Throws <see cref="TargetException"/> when it is not the one that the sweep began with.</summary>
    /// <exception cref="PlatformNotSupportedException">This machine lacks what networks are trained with, see <see cref="HardwareCheck"/>.</exception>
    public static async Task<NetworkTrainer> OpenAsync(SweepInfo sweep, TrainingSlots slots, SlotWorkerOptions options)
    {
        // Before anything is leased: as a trial's outcome it would count in the sweep.
        HardwareCheck.ThrowIfUnsupported();

        // Beside opening the target and the first exchange, which take longer.
        WarmUp.Begin(() => SweepChecks.First(sweep.Spec, sweep.Shape, WarmUp.MostConfigurations), sweep.Shape);
        var target = await Task.Run(() => options.OpenTarget(sweep.Spec, options.DataFolder), CancellationToken.None);
        return target.Shape == sweep.Shape
            ? new NetworkTrainer(sweep.Id, target, slots)
            : throw new TargetException($"The target here is {target.Shape}, but must be {sweep.Shape}, as it was when the sweep began. Use the same data files.");
    }

    /// <inheritdoc />
    public SegmentRequest SegmentOf(Lease lease) => new NetworkSegment
    {
        Sweep = sweep,
        Trial = lease.Trial,
        Attempt = lease.Attempt,
        Segment = lease.Segment,
        Configuration = lease.Configuration ?? throw new ArgumentException("The lease has no configuration, but must have one: networks are trained.", nameof(lease)),
        Target = target,
        Seed = lease.Seed,
        FromEpoch = lease.FromEpoch,
        ToEpoch = lease.ToEpoch,
        ScoreTest = lease.ScoreTest,
    };

    /// <inheritdoc />
    public void Forget(int trial, bool isOver) => slots.Forget(sweep, trial);

    /// <inheritdoc />
    public void SweepOver()
    {
        // Runs are kept within bounds of their own.
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
