namespace ApproxCluster.Trainer;

/// <summary>What a segment finds on the slot that carries it out.</summary>
public sealed class SlotScope
{
    private readonly Func<bool> savesOnCancel;

    internal SlotScope(SegmentRunner networks, Slot slot, ISegmentListener listener, ICheckpointStore checkpoints, Func<bool> savesOnCancel, CancellationToken cancellation)
    {
        (Networks, Slot, Listener, Checkpoints) = (networks, slot, listener, checkpoints);
        (this.savesOnCancel, Cancellation) = (savesOnCancel, cancellation);
    }

    /// <summary>The slot's number, from 0.</summary>
    public int Number => Slot.Number;

    /// <summary>Told of epochs.</summary>
    public ISegmentListener Listener { get; }

    /// <summary>Keeps checkpoints.</summary>
    public ICheckpointStore Checkpoints { get; }

    /// <summary>Cancelled when the segment is to be interrupted.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>Once cancelled: whether a checkpoint is wanted, since the trial will go on.</summary>
    public bool SavesOnCancel => savesOnCancel();

    /// <summary>Trains networks.</summary>
    internal SegmentRunner Networks { get; }

    /// <summary>What the slot keeps from trial to trial.</summary>
    internal Slot Slot { get; }
}
