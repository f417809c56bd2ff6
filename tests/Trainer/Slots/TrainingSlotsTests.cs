using System.Collections.Concurrent;

namespace ApproxCluster.Trainer.Tests;

public class TrainingSlotsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void Enqueue_ManyTrials_EachEndsWithTheReportsOfAPlainRun()
    {
        using var board = new Board();
        using var slots = new TrainingSlots(2, board, board, TimeProvider.System);
        for (var trial = 0; trial < 12; trial++)
        {
            slots.Enqueue(Request(trial, 0, 3));
        }

        var outcomes = board.Take(12);
        Assert.Equal(Enumerable.Range(0, 12), outcomes.Select(outcome => outcome.Request.Trial).Order());
        Assert.All(outcomes, outcome => Assert.Equal(Plain(outcome.Request.Trial, 3), outcome.Epochs));
        Assert.Empty(slots.Active);
    }

    [Fact]
    public void Enqueue_NextSegment_ContinuesFromMemoryOrCheckpoint()
    {
        using var board = new Board();
        IReadOnlyList<EpochReport> second;
        using (var slots = new TrainingSlots(1, board, board, TimeProvider.System))
        {
            slots.Enqueue(Request(0, 0, 2));
            board.Take(1);
            slots.Enqueue(Request(0, 2, 5, segment: 1));
            second = board.Take(1)[0].Epochs;
        }

        using var fresh = new TrainingSlots(1, board, board, TimeProvider.System);
        fresh.Enqueue(Request(0, 5, 6, segment: 2));
        Assert.Equal(Plain(0, 6), [.. Plain(0, 2), .. second, .. board.Take(1)[0].Epochs]);
        Assert.Equal(2, board.Loads);
    }

    [Fact]
    public void Enqueue_LostCheckpoint_TrainsAgainAndReportsTheSegmentOnly()
    {
        using var board = new Board();
        using var slots = new TrainingSlots(1, board, board, TimeProvider.System);
        slots.Enqueue(Request(4, 2, 4, segment: 1));
        Assert.Equal(Plain(4, 4).Skip(2), board.Take(1)[0].Epochs);
    }

    [Fact]
    public void Enqueue_TornCheckpoint_IsIgnored()
    {
        using var board = new Board();
        board.Saved[4] = new SavedCheckpoint(2, [], new byte[] { 1, 2, 3 });
        using var slots = new TrainingSlots(1, board, board, TimeProvider.System);
        slots.Enqueue(Request(4, 2, 4, segment: 1));
        Assert.Equal(Plain(4, 4).Skip(2), board.Take(1)[0].Epochs);
    }

    [Fact]
    public void Enqueue_TargetThatFails_BecomesAnError()
    {
        using var board = new Board();
        using var slots = new TrainingSlots(1, board, board, TimeProvider.System);
        slots.Enqueue(Request(0, 0, 1) with { Target = new Target(new TargetException("File x is gone. Bring it back.")) });
        Assert.Equal("File x is gone. Bring it back.", board.Take(1)[0].Error);
        slots.Enqueue(Request(1, 0, 1));
        Assert.Null(board.Take(1)[0].Error);
    }

    [Fact]
    public void Enqueue_ScoreTest_EvaluatesAFreshRunOnTheTestSplit()
    {
        using var board = new Board();
        using var slots = new TrainingSlots(1, board, board, TimeProvider.System);
        slots.Enqueue(Request(3, 0, 2) with { ScoreTest = true });
        var outcome = board.Take(1)[0];
        using var run = TrainingRun.Start(Problems.Configuration(TaskKind.Regression), Problems.Data(TaskKind.Regression), 3);
        run.TrainEpoch(CancellationToken.None);
        run.TrainEpoch(CancellationToken.None);
        Assert.Equal(run.Evaluate(Problems.Data(TaskKind.Regression).Validation), outcome.Test);
    }

    [Fact]
    public void Dispose_WhileTraining_SavesACheckpointFromWhichAnotherContinues()
    {
        using var board = new Board();
        var slots = new TrainingSlots(1, board, board, TimeProvider.System);
        slots.Enqueue(Request(0, 0, 1_000_000));
        board.WaitForEpoch(3);
        slots.Dispose();
        Assert.Equal(0, Assert.Single(board.Interrupted).Trial);
        var done = board.Saved[0].EpochsDone;
        Assert.Equal(done, board.Saved[0].Reports.Count);
        using var fresh = new TrainingSlots(1, board, board, TimeProvider.System);
        fresh.Enqueue(Request(0, 0, done + 2));
        Assert.Equal(Plain(0, done + 2), board.Take(1)[0].Epochs);
    }

    [Fact]
    public void Cancel_Running_InterruptsWithoutAnOutcome()
    {
        using var board = new Board();
        using var slots = new TrainingSlots(1, board, board, TimeProvider.System);
        slots.Enqueue(Request(0, 0, 1_000_000));
        board.WaitForEpoch(1);
        slots.Cancel("s", 0, saveCheckpoint: false);
        slots.Enqueue(Request(1, 0, 1));
        Assert.Equal(1, board.Take(1)[0].Request.Trial);
        Assert.Equal(0, Assert.Single(board.Interrupted).Trial);
        Assert.False(board.Saved.ContainsKey(0));
    }

    [Fact]
    public void Enqueue_LaterAttempt_ReplacesTheEarlierOne()
    {
        using var board = new Board();
        using var slots = new TrainingSlots(2, board, board, TimeProvider.System);
        slots.Enqueue(Request(0, 0, 1_000_000));
        board.WaitForEpoch(1);
        slots.Enqueue(Request(0, 0, 2) with { Attempt = 2 });
        slots.Enqueue(Request(0, 0, 2) with { Attempt = 1 });
        var outcome = Assert.Single(board.Take(1));
        Assert.Equal(2, outcome.Request.Attempt);
        Assert.Equal(Plain(0, 2), outcome.Epochs);
    }

    private static NetworkSegment Request(int trial, int from, int to, int segment = 0) => new()
    {
        Sweep = "s",
        Trial = trial,
        Attempt = 1,
        Segment = segment,
        Configuration = Problems.Configuration(TaskKind.Regression) with { Epochs = 1_000_000 },
        Target = new Target(null),
        Seed = (ulong)trial,
        FromEpoch = from,
        ToEpoch = to,
    };

    private static List<EpochReport> Plain(int trial, int epochs)
    {
        using var run = TrainingRun.Start(Problems.Configuration(TaskKind.Regression), Problems.Data(TaskKind.Regression), (ulong)trial);
        return [.. Enumerable.Range(0, epochs).Select(_ => run.TrainEpoch(CancellationToken.None)!)];
    }

    private sealed class Target(TargetException? fault) : ITarget
    {
        public TargetShape Shape => Problems.Data(TaskKind.Regression).Shape;

        public TargetData Load() => fault is null ? Problems.Data(TaskKind.Regression) : throw fault;

        public Samples LoadTest() => Load().Validation;
    }

    private sealed class Board : ISegmentListener, ICheckpointStore, IDisposable
    {
        private readonly BlockingCollection<SegmentOutcome> outcomes = [];
        private readonly BlockingCollection<int> epochs = [];

        public ConcurrentQueue<SegmentRequest> Interrupted { get; } = [];

        public ConcurrentDictionary<int, SavedCheckpoint> Saved { get; } = [];

        public int Loads { get; private set; }

        public void EpochDone(SegmentRequest request, EpochReport report, TimeSpan elapsed) => epochs.Add(report.Epoch);

        public void SegmentDone(SegmentOutcome outcome) => outcomes.Add(outcome);

        public void SegmentInterrupted(SegmentRequest request) => Interrupted.Enqueue(request);

        public void Save(SegmentRequest request, int epochsDone, IReadOnlyList<EpochReport> reports, ReadOnlyMemory<byte> checkpoint) =>
            Saved[request.Trial] = new SavedCheckpoint(epochsDone, reports, checkpoint.ToArray());

        public SavedCheckpoint? Load(SegmentRequest request)
        {
            Loads++;
            return Saved.GetValueOrDefault(request.Trial);
        }

        public List<SegmentOutcome> Take(int count) => [.. Enumerable.Range(0, count).Select(_ =>
            outcomes.TryTake(out var outcome, Patience) ? outcome : throw new TimeoutException("No outcome within a minute."))];

        public void WaitForEpoch(int epoch)
        {
            while (true)
            {
                Assert.True(epochs.TryTake(out var seen, Patience), $"Epoch {epoch} did not end within a minute.");
                if (seen >= epoch)
                {
                    return;
                }
            }
        }

        public void Dispose()
        {
            outcomes.Dispose();
            epochs.Dispose();
        }
    }
}
