namespace ApproxCluster.Search;

/// <summary>What a tuner refuses before it gives out anything; sweep files have checks of their own.</summary>
internal static class TunerChecks
{
    /// <summary>The settings of a sound search, in a space where names mean nothing.</summary>
    /// <exception cref="ArgumentException">Something is at fault: the message has every fault.</exception>
    public static SamplerSettings Check(SamplerSettings settings, SamplerSpec sampler, PrunerSpec? pruner, IReadOnlyList<bool>? maximize)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(settings.Space);
        ArgumentNullException.ThrowIfNull(sampler);
        if (sampler is PbtSamplerSpec)
        {
            throw new ArgumentException("sampler is pbt, but must be another one: trials go on from each other's weights in sweeps only. Write a sweep file, or use AutoSamplerSpec.", nameof(sampler));
        }

        SettingFaults.ThrowIfAny(SpaceFaults.Of(settings.Space).Concat(Faults(settings, pruner)), nameof(settings));
        SettingFaults.ThrowIfAny(SamplerReach.Fault(sampler, settings.Space with { IsFree = true }) is { } reach ? [reach] : [], nameof(sampler));
        return Feasibility.Fault(settings.Space) is { } fault
            ? throw new ArgumentException($"The rules of the space leave {fault}. Loosen them, or narrow the ranges to what they leave.", nameof(settings))
            : settings with { Space = settings.Space with { IsFree = true }, Objectives = maximize?.Count ?? 1, First = [], HasPrior = false };
    }

    private static IEnumerable<string> Faults(SamplerSettings settings, PrunerSpec? pruner)
    {
        foreach (var (name, value) in new[] { (nameof(settings.Budget), settings.Budget), (nameof(settings.Parallel), settings.Parallel), (nameof(settings.Epochs), settings.Epochs) })
        {
            if (value < 1)
            {
                yield return FormattableString.Invariant($"{name} is {value}, but must be at least 1. Raise it.");
            }
        }

        if (settings.Epochs == 1 && pruner is not (null or NoPrunerSpec))
        {
            yield return "Epochs is 1, but must be at least 2 with a pruner: reports of a trial that nothing stops. Raise it, or leave the pruner out.";
        }
    }
}
