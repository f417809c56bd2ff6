using ApproxCluster.Search;
using ApproxCluster.Trainer;

namespace ApproxCluster.Storage.Tests;

/// <summary>A small sweep's rows and events.</summary>
internal static class Sweeps
{
    public static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private const string Spec = """{"target":"curve","space":{"width":8},"objective":{"minimize":"validation.loss"}}""";

    public const string MaximizingSpec = """{"target":"digits","space":{"width":8},"objective":{"maximize":"validation.accuracy"}}""";

    /// <summary>A clock that stands still.</summary>
    public static readonly TimeProvider Clock = new Stopped();

    public static SweepRow Row(string id) => new(id, "test", Spec, Start);

    public static TrialCreated Trial(int number) =>
        new(number, number, 0, ulong.MaxValue, new Assignment([new("width", ParameterValue.Of(8L))]));

    public static IReadOnlyList<SweepEvent> Events()
    {
        EpochReport[] good = [new(1, 0.9, 1, 0.9, 1, 0.1), new(2, 0.2, 0.5, 0.4, 0.7, 0.1)];
        return
        [
            new SweepCreated(1, Spec, new TargetShape(1, 1, TaskKind.Regression, MetricKind.Rmse, 10, 5, 5)),
            Trial(0),
            Trial(1),
            new SegmentStarted(0, 0, 0, 2, 0, 100),
            new SegmentStarted(1, 0, 0, 2, 0, 100),
            new PauseChanged(true),
            new PauseChanged(false),
            new ResultBuffered(new SegmentResult(0, 1, 0, good)),
            new SegmentFinished(0, 0, good, false, null),
            new TrialEnded(0, TrialState.Completed, FailureReason.None, null),
            new SegmentFinished(1, 0, [new(1, double.NaN, double.PositiveInfinity, 0, 0, 0.1)], true, null),
            new TrialEnded(1, TrialState.Failed, FailureReason.Diverged, null),
            new ScoringStarted([0]),
            new TestScored(0, 2, 0.6, 0.8),
            new SweepEnded(SweepStatus.Finished),
        ];
    }

    private sealed class Stopped : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Start.AddHours(1);
    }
}
