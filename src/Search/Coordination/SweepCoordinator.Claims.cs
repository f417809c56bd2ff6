namespace ApproxCluster.Search;

public sealed partial class SweepCoordinator
{
    /// <summary>Whether work in flight is still presumed to be held by workers that have not spoken since the last restart.</summary>
    public bool AwaitsClaims => book.Unclaimed.Count > 0;

    /// <summary>
    /// Every worker there is has spoken since the last restart: what none of them claimed is leased again under the next attempt, without waiting for a
    /// <see cref="LeaseTime"/>. A worker that was overlooked is fenced off like any other that was presumed lost.
    /// </summary>
    public Task CloseClaimsAsync(CancellationToken cancellationToken) => RunAsync(
        () =>
        {
            foreach (var trial in book.Unclaimed.Order().ToArray())
            {
                Lose(trial, "", "no worker claimed it after a restart");
            }
        },
        cancellationToken);
}
