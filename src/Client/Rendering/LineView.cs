using ApproxCluster.Search;

namespace ApproxCluster.Client.Rendering;

/// <summary>
/// The view for pipes and logs: one line for each trial that ended and for each new best; when trials end faster than anybody reads, one line a look
/// with their number.
/// </summary>
internal sealed class LineView(Terminal terminal, string metric) : IProgressView
{
    private const int MostLines = 5;

    private readonly string metric = metric;
    private Incumbent? best;

    /// <inheritdoc />
    public int TopRows => 0;

    /// <inheritdoc />
    public Task RunAsync(Func<Action<SweepSnapshot>, Task> source) => source(Show);

    private void Show(SweepSnapshot snapshot)
    {
        var progress = snapshot.Progress;
        var done = Terminal.Text($"{progress.Ended}/{progress.Planned}");
        if (snapshot.Ended.Count > MostLines)
        {
            var pruned = snapshot.Ended.Count(trial => trial.State == TrialState.Pruned);
            var failed = snapshot.Ended.Count(trial => trial.State == TrialState.Failed);
            terminal.Say(Terminal.Text($"{done}  {snapshot.Ended.Count} trials ended, {pruned} of them pruned, {failed} failed"));
        }
        else
        {
            foreach (var trial in snapshot.Ended)
            {
                terminal.Say($"{done}  {Describe(trial)}");
            }
        }

        if (progress.Best is { } now && (best is null || now.Trial != best.Trial || now.Value != best.Value))
        {
            best = now;
            terminal.Say(Terminal.Text(
                $"{done}  best so far: trial {now.Trial}, {metric} {Numbers.Fixed(now.Value)} at epoch {now.Epoch}, gap {Numbers.Short(snapshot.BestGap)}  {snapshot.BestParameters}"));
        }
    }

    private string Describe(TrialNews trial)
    {
        var state = Words.Of(trial.State, trial.Reason);
        var value = trial.Value is { } known ? $", {metric} {Numbers.Fixed(known)}" : "";
        return Terminal.Text($"trial {trial.Trial} {state} after {trial.Epochs} epochs{value}  {trial.Parameters}");
    }
}
