namespace ApproxCluster.Client.Rendering;

/// <summary>Shows a sweep while it runs.</summary>
internal interface IProgressView
{
    /// <summary>Rows of the leaderboard that it wants to show.</summary>
    int TopRows { get; }

    /// <summary>Runs <paramref name="source"/>, which calls back with snapshots from time to time, and shows them.</summary>
    Task RunAsync(Func<Action<SweepSnapshot>, Task> source);
}

/// <summary>Shows nothing.</summary>
internal sealed class NoView : IProgressView
{
    /// <inheritdoc />
    public int TopRows => 0;

    /// <inheritdoc />
    public Task RunAsync(Func<Action<SweepSnapshot>, Task> source) => source(_ => { });
}
