using System.Collections.Concurrent;
using System.Globalization;
using ApproxCluster.Search;
using ApproxCluster.Trainer;

namespace ApproxCluster.Engine;

/// <summary>Has a program train the trials of a sweep: one process for each trial, frozen while its trial waits for a decision.</summary>
internal sealed class CommandTrainer : ITrialTrainer
{
    private readonly SweepInfo sweep;
    private readonly CommandSpec command;
    private readonly string folder;
    private readonly string file;
    private readonly TrialFolders folders;
    private readonly FrozenPrograms frozen;
    private readonly ConcurrentDictionary<Task, bool> ending = [];

    /// <summary>Finds the program. Throws <see cref="ProgramException"/> when it cannot be started here.</summary>
    public CommandTrainer(SweepInfo sweep, SlotWorkerOptions options, TimeProvider time)
    {
        if (!options.AllowsCommands)
        {
            throw new ProgramException(
                $"Sweep {sweep.Id} is trained by a program ({string.Join(' ', sweep.Spec.Command!.Arguments)}), but programs are not allowed here. Start every silo with --allow-commands if you trust those who submit sweeps.");
        }

        this.sweep = sweep;
        command = sweep.Spec.Command!;
        (folder, file) = ProgramPath.Find(command, options.DataFolder);
        folders = new TrialFolders(Path.GetFullPath(Path.Combine(options.WorkFolder, sweep.Id)), options.Name);
        frozen = new FrozenPrograms(command.Frozen);
        Names = ReportedNames.Of(sweep.Spec);
        Time = time;
        Memory = new ProcessMemory(time);
    }

    /// <summary>The program's settings.</summary>
    public CommandSpec Command => command;

    /// <summary>What its reports are read by.</summary>
    public ReportedNames Names { get; }

    /// <summary>Epochs of a trial that nothing stops.</summary>
    public int Epochs => sweep.Spec.Epochs;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>What programs take.</summary>
    public ProcessMemory Memory { get; }

    /// <inheritdoc />
    public SegmentRequest SegmentOf(Lease lease) => new CommandSegment
    {
        Sweep = sweep.Id,
        Trial = lease.Trial,
        Attempt = lease.Attempt,
        Segment = lease.Segment,
        Parameters = lease.Parameters ?? throw new ArgumentException("The lease has no parameters, but must have them: a program trains.", nameof(lease)),
        Trainer = this,
        Seed = lease.Seed,
        FromEpoch = lease.FromEpoch,
        ToEpoch = lease.ToEpoch,
    };

    /// <summary>Starts the program for a segment.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="epochsDone">Epochs whose reports are known.</param>
    /// <param name="slot">Number of the slot.</param>
    public ProgramProcess Start(CommandSegment segment, int epochsDone, int slot)
    {
        var json = FreeValues.Json(segment.Parameters);
        var variables = new List<(string, string)>(command.Environment.Select(variable => (variable.Key, variable.Value)))
        {
            ("APPROX_SWEEP", sweep.Id),
            ("APPROX_TRIAL", Text(segment.Trial)),
            ("APPROX_ATTEMPT", Text(segment.Attempt)),
            ("APPROX_SEED", segment.Seed.ToString(CultureInfo.InvariantCulture)),
            ("APPROX_EPOCHS", Text(Epochs)),
            ("APPROX_EPOCHS_DONE", Text(epochsDone)),
            ("APPROX_SLOT", Text(slot)),
        };
        if (command.Parameters == ParameterPassing.Environment)
        {
            variables.Add(("APPROX_PARAMETERS", json));
        }

        if (command.IsResumable)
        {
            variables.Add(("APPROX_CHECKPOINT_DIR", folders.Open(segment.Trial)));
        }

        return new ProgramProcess(new ProgramStart
        {
            Arguments = [file, .. command.Arguments.Skip(1), .. command.Parameters == ParameterPassing.Argument ? new[] { json } : []],
            Folder = folder,
            Environment = variables,
            Input = command.Parameters == ParameterPassing.Stdin ? folders.Write(segment.Trial, "parameters.json", json) : "/dev/null",
        });
    }

    /// <summary>A trial's frozen program, awake again, if it has come as far as asked for.</summary>
    public ProgramProcess? Wake(int trial, int epochsDone)
    {
        if (frozen.Take(trial) is not { } kept)
        {
            return null;
        }

        if (kept.EpochsDone != epochsDone)
        {
            End(kept.Program);
            return null;
        }

        kept.Program.Thaw();
        return kept.Program;
    }

    /// <summary>Freezes a program until its trial goes on. What makes room for it is ended first.</summary>
    public void Keep(int trial, int epochsDone, ProgramProcess program)
    {
        program.Freeze();
        if (frozen.Keep(trial, epochsDone, program) is { } oldest)
        {
            End(oldest);
        }
    }

    /// <summary>Ends a program and waits for it.</summary>
    public void End(ProgramProcess program) => program.End(TimeSpan.FromSeconds(command.GraceSeconds));

    /// <summary>Empties a trial's checkpoints: they do not fit what is known of it.</summary>
    public void ClearCheckpoints(int trial) => folders.Clear(trial);

    /// <summary>Deletes what a trial that is over has left.</summary>
    public void Drop(int trial) => folders.Drop(trial);

    /// <inheritdoc />
    public void Forget(int trial, bool isOver)
    {
        var program = frozen.Take(trial)?.Program;
        if (program is null && !isOver)
        {
            return;
        }

        // Ending it may take the grace; the session must not wait for that.
        var task = Task.Run(() =>
        {
            if (program is not null)
            {
                End(program);
            }

            if (isOver)
            {
                folders.Drop(trial);
            }
        });
        ending[task] = true;
        task.ContinueWith(done => ending.TryRemove(done, out _), TaskScheduler.Default);
    }

    /// <inheritdoc />
    public void SweepOver() => folders.DropAll();

    /// <inheritdoc />
    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(ending.Keys.Concat(frozen.TakeAll().Select(program => Task.Run(() => End(program)))));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
