using ApproxCluster.Search;

namespace ApproxCluster.Client.Rendering;

/// <summary>The words of the trade, the same in tables, lines and documents.</summary>
internal static class Words
{
    /// <summary>What a sweep is judged by.</summary>
    public static string Of(Objective objective)
    {
        var first = $"{Goal(objective.Maximize)} {objective.Metric}";
        first += objective.GapWeight == 0 ? "" : Terminal.Text($" made worse by {objective.GapWeight} x gap");
        first += objective.GapLimit is { } limit ? Terminal.Text($" where gap <= {limit}") : "";
        return string.Join(", ", objective.Further.Select(further => $"{Goal(further.Maximize)} {further.Quantity}").Prepend(first));
    }

    /// <summary>A trial's state.</summary>
    public static string Of(TrialState state) => state switch
    {
        TrialState.Queued => "queued",
        TrialState.Running => "running",
        TrialState.Paused => "paused",
        TrialState.Completed => "completed",
        TrialState.Pruned => "pruned",
        TrialState.Failed => "failed",
        TrialState.Cancelled => "cancelled",
        _ => "invalid",
    };

    /// <summary>A trial's state with the reason of a failure.</summary>
    public static string Of(TrialState state, FailureReason reason) =>
        state == TrialState.Failed ? $"failed ({Of(reason)})" : Of(state);

    /// <summary>Why a trial failed.</summary>
    public static string Of(FailureReason reason) => reason switch
    {
        FailureReason.Diverged => "diverged",
        FailureReason.Error => "error",
        FailureReason.LostTooOften => "lost too often",
        _ => "none",
    };

    /// <summary>A sweep's status.</summary>
    public static string Of(SweepStatus status) => status switch
    {
        SweepStatus.Running => "running",
        SweepStatus.Paused => "paused",
        SweepStatus.Stopping => "stopping",
        SweepStatus.Scoring => "scoring",
        SweepStatus.Finished => "finished",
        SweepStatus.Stopped => "stopped",
        SweepStatus.Cancelled => "cancelled",
        SweepStatus.Failed => "failed",
        _ => "invalid",
    };

    /// <summary>A score on the test split. A program need not report both figures.</summary>
    public static string Of(TestScore test, string metric, SweepSpec spec)
    {
        string[] parts = [$"{metric} {Numbers.Fixed(test.Metric)}", $"loss {Numbers.Fixed(test.Loss)}"];
        return string.Join(", ", parts.Where((_, index) => spec.Command is null || !double.IsNaN(index == 0 ? test.Metric : test.Loss)));
    }

    private static string Goal(bool maximize) => maximize ? "maximize" : "minimize";
}
