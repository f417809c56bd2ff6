using ApproxCluster.Search;
using ApproxCluster.Trainer;

namespace ApproxCluster.Engine;

/// <summary>
/// One segment of a trial that a program trains: follows the program from the epochs that are known to the segment's last one, starts it again where that is due, and makes the outcome. On a slot's thread.
/// </summary>
internal sealed class CommandRun(CommandTrainer trainer, CommandSegment segment, SlotScope slot)
{
    private static readonly TimeSpan SaveInterval = TimeSpan.FromSeconds(10);

    private readonly CommandSpec command = trainer.Command;
    private readonly List<EpochReport> reports = [];
    private int retries;
    private int known = -1;
    private bool isCleared;
    private long savedAt = trainer.Time.GetTimestamp();

    private int Done => segment.FromEpoch + reports.Count;

    /// <summary>The outcome, or null when the segment was interrupted.</summary>
    public SegmentOutcome? Run()
    {
        Recall();
        if (Done == segment.ToEpoch)
        {
            return Outcome();
        }

        var program = trainer.Wake(segment.Trial, Done);
        while (true)
        {
            if (program is null)
            {
                program = trainer.Start(segment, Done, slot.Number);
                known = Done;
            }

            var step = Follow(program);
            if (step.Keeps)
            {
                return Keep(program);
            }

            trainer.End(program);
            var output = program.Tail;
            program = null;
            if (step.IsOver)
            {
                trainer.Drop(segment.Trial);
                return step.Error is null ? Outcome(step) : Outcome(step) with { Error = step.Error, Output = output };
            }

            if (step.Clears)
            {
                // Not before the program has ended: it might write another checkpoint.
                trainer.ClearCheckpoints(segment.Trial);
            }

            if (slot.Cancellation.IsCancellationRequested || (step.Delay is { } delay && slot.Cancellation.WaitHandle.WaitOne(delay)))
            {
                return Interrupt();
            }
        }
    }

    /// <summary>Whether the program's checkpoint may be ahead of what is known, since it has said nothing new after its start.</summary>
    private bool IsSilent => known == Done;

    private SegmentOutcome Outcome() => new(segment, reports, Diverged: false, Test: null, Error: null);

    private SegmentOutcome Outcome(Step step) => Outcome() with { Diverged = step.HasDiverged, End = step.End };

    private SegmentOutcome? Keep(ProgramProcess program)
    {
        Save();
        trainer.Keep(segment.Trial, Done, program);

        // Whoever cancels forgets what is kept afterwards: one of the two sees the other.
        if (slot.Cancellation.IsCancellationRequested && trainer.Wake(segment.Trial, Done) is { } woken)
        {
            trainer.End(woken);
            return null;
        }

        return Outcome();
    }

    private SegmentOutcome? Interrupt()
    {
        if (slot.SavesOnCancel)
        {
            Save();
        }

        return null;
    }

    /// <summary>Follows a program until something has to be done about it.</summary>
    private Step Follow(ProgramProcess program)
    {
        var limits = new CommandLimits(command, program, trainer.Time, trainer.Memory);
        try
        {
            while (true)
            {
                var news = program.Next(limits.NextLook, slot.Cancellation);
                if (news?.ExitCode is { } code)
                {
                    return Exited(code);
                }

                if (limits.Fault() is { } fault)
                {
                    return Done == trainer.Epochs ? Step.Over() : Step.Failed(fault);
                }

                if (news?.Line is { } line && ReportLine.Read(line) is { } report && Take(report, limits) is { } step)
                {
                    program.RanBefore = limits.Ran;
                    return step;
                }
            }
        }
        catch (FormatException fault)
        {
            return Step.Failed(fault.Message);
        }
        catch (OperationCanceledException)
        {
            return Step.Again();
        }
    }

    /// <summary>Takes a report; what has to be done about the program now, or null to follow it on.</summary>
    private Step? Take(ReportLine line, CommandLimits limits)
    {
        var elapsed = limits.Reported();
        if (line.Epoch > trainer.Epochs)
        {
            // It trains beyond what was asked for.
            return Done == trainer.Epochs ? Step.Over() : Gap(line.Epoch);
        }

        if (line.Epoch <= Done)
        {
            // Repeated after a start from the beginning, or from an older checkpoint.
            return null;
        }

        if (line.Epoch > Done + 1)
        {
            return Gap(line.Epoch);
        }

        var (report, hasDiverged) = trainer.Names.Read(line.Epoch, line.Figures);
        reports.Add(report);
        slot.Listener.EpochDone(segment, report, elapsed);
        if (hasDiverged)
        {
            return Step.Over() with { HasDiverged = true };
        }

        if (trainer.Time.GetElapsedTime(savedAt) >= SaveInterval)
        {
            Save();
        }

        return Done == segment.ToEpoch && Done < trainer.Epochs ? Step.Reached() : null;
    }

    private Step Gap(int epoch) => BeginAgain()
        ?? Step.Failed(FormattableString.Invariant($"The epoch reported is {epoch}, but must be {Done + 1}: epochs are reported one by one, from 1."));

    // A checkpoint may be ahead of what was taken from the program before it ended; then it has to begin again, once.
    private Step? BeginAgain()
    {
        if (!command.IsResumable || isCleared || !IsSilent)
        {
            return null;
        }

        isCleared = true;
        return Step.Again() with { Clears = true };
    }

    private Step Exited(int code)
    {
        if (code == command.RetryCode)
        {
            return retries++ < command.Retries
                ? Step.Again(TimeSpan.FromSeconds(Math.Min(command.RetrySeconds * Math.Pow(2, retries - 1), 3600)))
                : Step.Failed(FormattableString.Invariant($"exit code {code}, which asks for another start, after {command.Retries} retries"));
        }

        if (code == 0 && Done < trainer.Epochs && BeginAgain() is { } again)
        {
            return again;
        }

        return code switch
        {
            0 when Done == 0 => Step.Failed("exit code 0 before the first report. A program reports epochs as JSON lines on standard output, {\"epoch\": 1, ...}"),
            0 => Step.Over() with { End = Done < trainer.Epochs ? EarlyEnd.Completed : EarlyEnd.None },
            _ when code == command.PrunedCode => Step.Over() with { End = Done < trainer.Epochs ? EarlyEnd.Pruned : EarlyEnd.None },
            _ => Step.Failed(ExitWords.Of(code)),
        };
    }

    // Only what a program can go on from is of use: another one reports all its epochs again.
    private void Save()
    {
        if (command.IsResumable && reports.Count > 0)
        {
            slot.Checkpoints.Save(segment, Done, [.. reports], ReadOnlyMemory<byte>.Empty);
        }

        savedAt = trainer.Time.GetTimestamp();
    }

    private void Recall()
    {
        if (command.IsResumable && slot.Checkpoints.Load(segment) is { } saved && saved.EpochsDone <= segment.ToEpoch)
        {
            reports.AddRange(saved.Reports);
        }
    }

    /// <summary>What has to be done about a program.</summary>
    private sealed record Step
    {
        /// <summary>Whether it is kept for the next segment.</summary>
        public bool Keeps { get; private init; }

        /// <summary>Whether the trial is over.</summary>
        public bool IsOver { get; private init; }

        /// <summary>Whether its checkpoints are of no use.</summary>
        public bool Clears { get; init; }

        /// <summary>Time before it is started again.</summary>
        public TimeSpan? Delay { get; private init; }

        public string? Error { get; private init; }

        public bool HasDiverged { get; init; }

        public EarlyEnd End { get; init; }

        public static Step Reached() => new() { Keeps = true };

        public static Step Over() => new() { IsOver = true };

        public static Step Failed(string error) => new() { IsOver = true, Error = error };

        public static Step Again(TimeSpan? delay = null) => new() { Delay = delay };
    }
}
