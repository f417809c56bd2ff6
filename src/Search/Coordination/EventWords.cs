using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>The words of the journal for enumerations: written down here, so that renaming a member in code does not change a journal.</summary>
internal static class EventWords
{
    private static readonly (TrialState, string)[] TrialStates =
    [
        (TrialState.Queued, "queued"), (TrialState.Running, "running"), (TrialState.Paused, "paused"), (TrialState.Completed, "completed"),
        (TrialState.Pruned, "pruned"), (TrialState.Failed, "failed"), (TrialState.Cancelled, "cancelled"),
    ];

    private static readonly (FailureReason, string)[] Reasons =
    [
        (FailureReason.None, "none"), (FailureReason.Diverged, "diverged"), (FailureReason.Error, "error"),
        (FailureReason.LostTooOften, "lost_too_often"),
    ];

    private static readonly (SweepStatus, string)[] Statuses =
    [
        (SweepStatus.Running, "running"), (SweepStatus.Paused, "paused"), (SweepStatus.Stopping, "stopping"), (SweepStatus.Scoring, "scoring"),
        (SweepStatus.Finished, "finished"), (SweepStatus.Stopped, "stopped"), (SweepStatus.Cancelled, "cancelled"), (SweepStatus.Failed, "failed"),
    ];

    private static readonly (TaskKind, string)[] Tasks =
    [
        (TaskKind.Regression, "regression"), (TaskKind.Classification, "classification"),
        (TaskKind.BinaryClassification, "binary_classification"),
    ];

    private static readonly (MetricKind, string)[] Metrics =
        [(MetricKind.Rmse, "rmse"), (MetricKind.Psnr, "psnr"), (MetricKind.Accuracy, "accuracy"), (MetricKind.Reported, "reported")];

    private static readonly (EarlyEnd, string)[] Ends = [(EarlyEnd.Completed, "completed"), (EarlyEnd.Pruned, "pruned")];

    public static string Of(TrialState state) => Word(TrialStates, state);

    public static string Of(FailureReason reason) => Word(Reasons, reason);

    public static string Of(SweepStatus status) => Word(Statuses, status);

    public static string Of(TaskKind task) => Word(Tasks, task);

    public static string Of(MetricKind metric) => Word(Metrics, metric);

    public static string Of(EarlyEnd end) => Word(Ends, end);

    public static TrialState ToTrialState(string word) => Value(TrialStates, word);

    public static FailureReason ToReason(string word) => Value(Reasons, word);

    public static SweepStatus ToStatus(string word) => Value(Statuses, word);

    public static TaskKind ToTask(string word) => Value(Tasks, word);

    public static MetricKind ToMetric(string word) => Value(Metrics, word);

    public static EarlyEnd ToEnd(string word) => Value(Ends, word);

    private static string Word<T>((T Value, string Word)[] words, T value)
        where T : struct, Enum
    {
        foreach (var entry in words)
        {
            if (EqualityComparer<T>.Default.Equals(entry.Value, value))
            {
                return entry.Word;
            }
        }

        throw new ArgumentException($"{typeof(T).Name} is {value}, but must be one that the journal's format knows.");
    }

    private static T Value<T>((T Value, string Word)[] words, string word)
        where T : struct, Enum
    {
        foreach (var entry in words)
        {
            if (entry.Word == word)
            {
                return entry.Value;
            }
        }

        throw new FormatException($"{typeof(T).Name} is '{word}', but must be one of {string.Join(", ", words.Select(entry => entry.Word))}.");
    }
}
