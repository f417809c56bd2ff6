using ApproxCluster.Search;
using Orleans.Concurrency;

namespace ApproxCluster.Contracts;

/// <summary>
/// One trial, near the slot that trains it; the key is <c>sweep/number</c>, see <see cref="TrialKey"/>. It answers for the trial and never starts work
/// by itself: the slot owns the run, so losing this activation restarts nothing.
/// </summary>
[Alias("approx.trial")]
public interface ITrialGrain : IGrainWithStringKey
{
    /// <summary>A slot of a worker begins a segment. Word of an attempt older than the newest known is ignored, here and below.</summary>
    [Alias("started")]
    [OneWay]
    Task Started([Immutable] Lease lease, string worker, CancellationToken cancellationToken);

    /// <summary>Epochs as they come.</summary>
    [Alias("advanced")]
    [OneWay]
    Task Advanced(int attempt, [Immutable] EpochProgress[] epochs, CancellationToken cancellationToken);

    /// <summary>What is known of the trial, its curves included; null when there is no such trial.</summary>
    [Alias("view")]
    [AlwaysInterleave]
    Task<TrialView?> View(CancellationToken cancellationToken);
}

/// <summary>Keys of trial grains.</summary>
public static class TrialKey
{
    /// <summary>The key of a trial.</summary>
    public static string Of(string sweep, int trial) => FormattableString.Invariant($"{sweep}/{trial}");

    /// <summary>Sweep and number again. Throws <see cref="FormatException"/> for anything else.</summary>
    public static (string Sweep, int Trial) Parse(string key)
    {
        var slash = key.LastIndexOf('/');
        return slash > 0 && int.TryParse(key.AsSpan(slash + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var trial)
            ? (key[..slash], trial)
            : throw new FormatException($"Trial key is '{key}', but must be sweep/number.");
    }
}
