using ApproxCluster.Search;
using ApproxCluster.Trainer;

namespace ApproxCluster.Storage.Tests;

/// <summary>Journals that a coordinator could have written, with everything in them that tables could get wrong: ties, NaN, replicates, late scores.</summary>
internal sealed class RandomSweep
{
    private const int Seeds = 1_000_003;

    private readonly Random random;
    private readonly List<SweepEvent> events = [];

    private RandomSweep(int seed) => random = new Random(seed * Seeds);

    /// <summary>The journal of a seed; the same every time.</summary>
    public static IReadOnlyList<SweepEvent> Events(int seed)
    {
        var sweep = new RandomSweep(seed);
        sweep.Write();
        return sweep.events;
    }

    /// <summary>The same events in parts of random sizes.</summary>
    public static IEnumerable<SweepEvent[]> Cut(IReadOnlyList<SweepEvent> events, int seed)
    {
        var random = new Random(seed);
        for (var at = 0; at < events.Count;)
        {
            var size = Math.Min(events.Count - at, random.Next(1, 1 << random.Next(1, 7)));
            yield return [.. events.Skip(at).Take(size)];
            at += size;
        }
    }

    private void Write()
    {
        events.Add(Sweeps.Events()[0]);
        var stories = Enumerable.Range(0, random.Next(1, 12)).Select(number => new Queue<SweepEvent>(Story(number))).ToList();
        while (stories.Count > 0)
        {
            var story = stories[random.Next(stories.Count)];
            events.Add(story.Dequeue());
            if (story.Count == 0)
            {
                stories.Remove(story);
            }

            if (random.Next(20) == 0)
            {
                events.Add(random.Next(4) == 0 ? new StopRequested(false) : new PauseChanged(random.Next(2) == 0));
            }
        }

        if (random.Next(3) > 0)
        {
            events.Add(new ScoringStarted([0]));
            events.Add(new TestScored(0, 1, Number(), Number()));
            events.Add(new SweepEnded(random.Next(2) == 0 ? SweepStatus.Finished : SweepStatus.Stopped));
            if (random.Next(3) == 0)
            {
                events.Add(new TrialsRetried([0]));
            }
        }
    }

    private IEnumerable<SweepEvent> Story(int number)
    {
        yield return Sweeps.Trial(number);
        var epoch = 0;
        for (var segment = 0; segment < random.Next(4); segment++)
        {
            var to = epoch + random.Next(1, 4);
            yield return new SegmentStarted(number, segment, epoch, to, 0, 100);
            if (random.Next(4) == 0)
            {
                yield return new AttemptLost(number, 0, "worker", "gone");
            }

            var reports = Enumerable.Range(epoch + 1, random.Next(to - epoch + 1)).Select(Report).ToArray();
            if (random.Next(3) == 0)
            {
                yield return new ResultBuffered(new SegmentResult(number, 1, segment, reports));
            }

            yield return new SegmentFinished(number, segment, reports, reports.Length == 0, null);
            yield return new TrialPaused(number, segment);
            epoch = to;
        }

        if (random.Next(5) > 0)
        {
            yield return random.Next(3) switch
            {
                0 => new TrialEnded(number, TrialState.Completed, FailureReason.None, null),
                1 => new TrialEnded(number, TrialState.Pruned, FailureReason.None, "rung 1"),
                _ => new TrialEnded(number, TrialState.Failed, FailureReason.LostTooOften, "nul \0"),
            };
        }

        if (random.Next(4) == 0)
        {
            yield return new TrialsRetried([number]);
            yield return new SegmentStarted(number, 9, epoch, epoch + 1, 0, 100);
        }

        if (random.Next(4) == 0)
        {
            yield return new TestScored(number, 1, Number(), Number());
        }
    }

    private EpochReport Report(int epoch) => new(epoch, Number(), Number(), Number(), Number(), 0.1);

    // Few values, so that there are ties.
    private double Number() => random.Next(12) switch
    {
        0 => double.NaN,
        1 => double.PositiveInfinity,
        2 => -0.0,
        var other => other / 4.0,
    };
}
