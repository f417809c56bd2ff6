namespace ApproxCluster.Search.Tests;

/// <summary>What must hold of every answer and of every journal, whatever went wrong.</summary>
internal sealed class LeaseChecker
{
    public int Leases { get; private set; }

    public void Check(WorkerMessage message, WorkerReply reply, SweepState state)
    {
        Assert.True(reply.Leases.Count <= Math.Max(0, message.Free), "more leases than free slots");
        Assert.Equal(reply.Leases.Count, reply.Leases.Select(lease => lease.Trial).Distinct().Count());
        foreach (var lease in reply.Leases)
        {
            Leases++;
            var trial = state.Trials[lease.Trial];
            Assert.Equal((trial.Attempt, trial.Segment), (lease.Attempt, lease.Segment));
            Assert.True(lease.ScoreTest == trial.State.IsFinal(), "an ended trial is leased for its score only");
            Assert.DoesNotContain(reply.Stop, stop => stop.Trial == lease.Trial && stop.Attempt == lease.Attempt);
        }
    }

    /// <summary>Every epoch of a trial once and in order, attempts that only rise, nothing after an end but the score, and an end for all.</summary>
    public static void CheckJournal(IEnumerable<SweepEvent> events)
    {
        var epochs = new Dictionary<int, int>();
        var attempts = new Dictionary<int, int>();
        var ended = new HashSet<int>();
        var created = 0;
        SweepEvent? last = null;
        foreach (var sweepEvent in events)
        {
            last = sweepEvent;
            switch (sweepEvent)
            {
                case TrialCreated it:
                    Assert.Equal(created++, it.Trial);
                    epochs[it.Trial] = it.From?.Epoch ?? 0;
                    break;
                case SegmentStarted it:
                    Assert.DoesNotContain(it.Trial, ended);
                    break;
                case SegmentFinished it:
                    Assert.DoesNotContain(it.Trial, ended);
                    foreach (var report in it.Epochs)
                    {
                        Assert.Equal(epochs.GetValueOrDefault(it.Trial) + 1, report.Epoch);
                        epochs[it.Trial] = report.Epoch;
                    }

                    break;
                case AttemptLost it:
                    Assert.Equal(attempts.GetValueOrDefault(it.Trial) + 1, it.Attempt);
                    attempts[it.Trial] = it.Attempt;
                    break;
                case TrialsRetried it:
                    Assert.All(it.Trials, trial => Assert.True(ended.Remove(trial), "a trial is run again that has ended"));
                    it.Trials.ToList().ForEach(trial => attempts[trial] = attempts.GetValueOrDefault(trial) + 1);
                    break;
                case TrialEnded it:
                    Assert.True(ended.Add(it.Trial) && it.State.IsFinal(), "a trial ends once");
                    break;
            }
        }

        Assert.Equal(created, ended.Count);
        Assert.IsType<SweepEnded>(last);
    }
}
