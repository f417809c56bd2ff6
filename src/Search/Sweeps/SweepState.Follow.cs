namespace ApproxCluster.Search;

public sealed partial class SweepState
{
    /// <summary>
    /// Takes the next events of the journal, for those who watch a sweep that another coordinates. Throws <see cref="InvalidDataException"/> when one
    /// cannot follow; the state is of no use then.
    /// </summary>
    public void Follow(IEnumerable<SweepEvent> events)
    {
        foreach (var sweepEvent in events)
        {
            Apply(sweepEvent);
        }
    }
}
