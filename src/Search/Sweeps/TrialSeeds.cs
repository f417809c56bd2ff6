using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// Seeds of trials. Every trial of a sweep without a race has a seed of its own. In a race replicate r of every configuration has the same one (common random numbers): the
/// variance of a difference of means over n seeds is (a^2 + b^2 - 2 rho a b) / n with the two standard deviations a and b and the correlation rho over seeds, and the order of
/// batches, and weights where shapes agree, being the same makes rho positive or, at worst, leaves it at zero: so fewer seeds tell two configurations apart. What it costs is that
/// the search may come to suit those seeds; hence the winner can be confirmed on seeds that no decision of the search has seen.
/// </summary>
internal static class TrialSeeds
{
    /// <summary>The seed of a trial. Replicates from <see cref="SweepSpec.Replicates"/> on are the confirmation's.</summary>
    public static ulong Of(SweepSpec spec, int configuration, int replicate) =>
        replicate >= spec.Replicates ? Seeds.Derive(spec.Seed, "confirm", replicate - spec.Replicates)
        : spec.Race is not null ? Seeds.Derive(spec.Seed, "replicate", replicate)
        : Seeds.Trial(spec.Seed, configuration, replicate);
}
