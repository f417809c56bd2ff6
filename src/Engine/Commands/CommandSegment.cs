using ApproxCluster.Search;
using ApproxCluster.Trainer;

namespace ApproxCluster.Engine;

/// <summary>A segment of a trial that a program trains.</summary>
internal sealed record CommandSegment : SegmentRequest
{
    /// <summary>The point that the program gets.</summary>
    public required Assignment Parameters { get; init; }

    /// <summary>What starts and keeps the sweep's programs.</summary>
    public required CommandTrainer Trainer { get; init; }

    /// <inheritdoc />
    public override SegmentOutcome? Run(SlotScope slot) => new CommandRun(Trainer, this, slot).Run();
}
