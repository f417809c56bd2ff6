using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>Trains segments of networks, each on the calling thread, which is a slot's.</summary>
internal sealed class SegmentRunner(RunCache cache, BlockPool pool, TimeProvider time, TimeSpan interval)
{
    private readonly ConditionalWeakTable<ITarget, Lazy<TargetData>> loaded = [];

    /// <summary>Runs to the end of the segment (then an outcome) or to the interruption (then null, with a checkpoint when asked).</summary>
    public SegmentOutcome? Run(NetworkSegment request, SlotScope scope)
    {
        var (slot, listener, checkpoints) = (scope.Slot, scope.Listener, scope.Checkpoints);
        var data = loaded.GetValue(request.Target, target => new Lazy<TargetData>(target.Load)).Value;
        var reports = new List<EpochReport>();
        var run = request.ScoreTest ? TrainingRun.Start(request.Configuration, data, request.Seed, null, pool) : Open(request, data, reports, checkpoints);
        var kept = false;
        try
        {
            Team? joined = null;
            var saved = time.GetTimestamp();
            while (run.EpochsDone < request.ToEpoch && !run.Diverged)
            {
                if (slot.TeamOf(run.UsefulThreads) is var team && team != joined)
                {
                    run.JoinTeam(team);
                    joined = team;
                }

                var began = time.GetTimestamp();
                var report = run.TrainEpoch(scope.Cancellation);
                if (report is null)
                {
                    if (scope.SavesOnCancel && !request.ScoreTest)
                    {
                        checkpoints.Save(request, run.EpochsDone, [.. reports], slot.Checkpoint(run));
                    }

                    return null;
                }

                if (report.Epoch > request.FromEpoch && !request.ScoreTest)
                {
                    reports.Add(report);
                    listener.EpochDone(request, report, time.GetElapsedTime(began));
                }

                if (!request.ScoreTest && run.EpochsDone < request.ToEpoch && time.GetElapsedTime(saved) >= interval)
                {
                    checkpoints.Save(request, run.EpochsDone, [.. reports], slot.Checkpoint(run));
                    saved = time.GetTimestamp();
                }
            }

            if (request.ScoreTest)
            {
                return new SegmentOutcome(request, [], run.Diverged, run.Evaluate(request.Target.LoadTest()), null);
            }

            if (!run.Diverged && request.ToEpoch < request.Configuration.Epochs)
            {
                checkpoints.Save(request, run.EpochsDone, [.. reports], slot.Checkpoint(run));
                run.JoinTeam(null);
                cache.Keep(request.Sweep, request.Trial, run, run.BytesTaken);
                kept = true;
            }

            return new SegmentOutcome(request, reports, run.Diverged, null, null);
        }
        finally
        {
            if (!kept)
            {
                run.Dispose();
            }
        }
    }

    private TrainingRun Open(NetworkSegment request, TargetData data, List<EpochReport> reports, ICheckpointStore checkpoints)
    {
        if (cache.Take(request.Sweep, request.Trial) is { } kept)
        {
            if (kept.EpochsDone == request.FromEpoch)
            {
                return kept;
            }

            kept.Dispose();
        }

        if (checkpoints.Load(request) is { } saved && saved.EpochsDone <= request.ToEpoch)
        {
            try
            {
                var run = TrainingRun.Resume(request.Configuration, data, request.Seed, saved.Data.Span, null, pool);
                var known = saved.Reports.Where(report => report.Epoch > request.FromEpoch).ToList();
                if (known.Count == run.EpochsDone - request.FromEpoch)
                {
                    reports.AddRange(known);
                    return run;
                }

                run.Dispose();
            }
            catch (InvalidDataException)
            {
                // Torn or foreign: the trial is a pure function, so it is trained again from the start.
            }
        }

        return TrainingRun.Start(request.Configuration, data, request.Seed, null, pool);
    }
}
