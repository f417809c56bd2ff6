namespace ApproxCluster.Search;

/// <summary>The epochs after which a pruner judges that has no rungs: warmup + interval, warmup + 2 interval ... below the last epoch.</summary>
internal readonly record struct EpochInterval
{
    private readonly int warmup;
    private readonly int interval;
    private readonly int epochs;

    /// <param name="warmupEpochs">Epochs at whose end nothing is judged, at least 0.</param>
    /// <param name="intervalEpochs">Distance of two judgements, at least 1.</param>
    /// <param name="epochs">Epochs of a trial.</param>
    public EpochInterval(int warmupEpochs, int intervalEpochs, int epochs)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(warmupEpochs);
        ArgumentOutOfRangeException.ThrowIfLessThan(intervalEpochs, 1);
        (warmup, interval, this.epochs) = (warmupEpochs, intervalEpochs, epochs);
    }

    /// <summary>The next one after some epochs; the last epoch where there is none.</summary>
    public int After(int epoch) => (int)Math.Min(epochs, warmup + ((long)Index(epoch) + 2) * interval);

    /// <summary>The index (from 0) of the judgement after an epoch, or null where none is due.</summary>
    public int? At(int epoch) => epoch > warmup && epoch < epochs && (epoch - warmup) % interval == 0 ? Index(epoch) : null;

    // Of the last judgement up to an epoch; -1 before the first.
    private int Index(int epoch) => epoch < warmup ? -1 : (epoch - warmup) / interval - 1;
}
