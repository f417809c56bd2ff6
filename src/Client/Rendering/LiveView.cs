using ApproxCluster.Search;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ApproxCluster.Client.Rendering;

/// <summary>The view on a terminal: progress, trials by state, the best so far, pace, and the head of the leaderboard, repainted in place.</summary>
internal sealed class LiveView(Terminal terminal, string sweep, SweepSpec spec, TimeProvider time) : IProgressView
{
    private const int BarWidth = 30;

    private readonly long begin = time.GetTimestamp();
    private SweepProgress? first;

    /// <inheritdoc />
    public int TopRows => 5;

    /// <inheritdoc />
    public Task RunAsync(Func<Action<SweepSnapshot>, Task> source) => terminal.Error
        .Live(new Text($"{sweep}: starting"))
        .AutoClear(true)
        .StartAsync(context => source(snapshot =>
        {
            context.UpdateTarget(Render(snapshot));
            context.Refresh();
        }));

    /// <summary>The picture of one moment.</summary>
    internal IRenderable Render(SweepSnapshot snapshot)
    {
        var progress = snapshot.Progress;
        first ??= progress;
        var rows = new List<IRenderable>
        {
            new Text(Terminal.Text($"{sweep}  {Words.Of(progress.Status)}  {Bar(progress.Share)} {progress.Share:P0}  {progress.Ended}/{progress.Planned} trials")),
            new Text(States(progress)),
            new Text(Pace(progress)),
        };
        if (progress.Best is { } best)
        {
            rows.Add(new Text(
                Terminal.Text($"best so far: trial {best.Trial}, {spec.Objective.Metric} {Numbers.Fixed(best.Value)} at epoch {best.Epoch}, gap {Numbers.Short(snapshot.BestGap)}"),
                new Style(Color.Green)));
        }

        if (snapshot.Top.Count > 0)
        {
            rows.Add(new Text(""));
            rows.AddRange(LeaderboardTable.Of(snapshot.Top, SearchedParameters.Paths(spec.Space), spec, null).Lines()
                .Select(line => new Text(line.Line, line.Title ? new Style(decoration: Decoration.Bold) : Style.Plain).Overflow(Overflow.Crop)));
        }

        return new Rows(rows);
    }

    private static string Bar(double share)
    {
        var full = (int)Math.Round(Math.Clamp(share, 0, 1) * BarWidth);
        return new string('█', full) + new string('░', BarWidth - full);
    }

    private static string States(SweepProgress progress)
    {
        (string Word, int Count)[] states =
        [
            ("running", progress.Running), ("queued", progress.Queued), ("paused", progress.Paused), ("completed", progress.Completed),
            ("pruned", progress.Pruned), ("failed", progress.Failed), ("cancelled", progress.Cancelled),
        ];
        return string.Join("  ", states.Where(state => state.Count > 0).Select(state => Terminal.Text($"{state.Count} {state.Word}")));
    }

    private string Pace(SweepProgress progress)
    {
        var elapsed = time.GetElapsedTime(begin);
        var seconds = Math.Max(elapsed.TotalSeconds, 1e-3);
        var trials = (progress.Ended - first!.Ended) / seconds * 60;
        var flops = (progress.Flops - first.Flops) / seconds;
        var gained = progress.Share - first.Share;
        var left = gained > 0.005 ? TimeSpan.FromSeconds((1 - progress.Share) / gained * seconds) : (TimeSpan?)null;
        var pace = Terminal.Text($"{Numbers.Short(trials)} trials/min  {Numbers.Large(flops)}FLOP/s  {Numbers.Duration(elapsed)} gone");
        return left is { } known && progress.Share < 1 ? $"{pace}, about {Numbers.Duration(known)} left" : pace;
    }
}
