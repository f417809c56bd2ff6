using ApproxCluster.Client.Commands;
using ApproxCluster.Client.Local;
using ApproxCluster.Client.Rendering;
using ApproxCluster.Client.Sources;
using ApproxCluster.Search;
using ApproxCluster.Storage;
using ApproxCluster.Trainer;

namespace ApproxCluster.Client.Models;

/// <summary>
/// A trial whose model is wanted, as of its best epoch. A stored checkpoint is gone when its trial has ended; but a trial is a pure function of configuration, target and
/// seed, so training it again to its best epoch gives the same weights, bit for bit.
/// </summary>
internal sealed class TrialModel
{
    private readonly Trial trial;
    private readonly ITarget target;
    private readonly CheckpointRow? checkpoint;
    private readonly int best;

    private TrialModel(SweepSpec spec, Trial trial, int best, ITarget target, CheckpointRow? checkpoint) =>
        (Spec, this.trial, this.best, this.target, this.checkpoint) = (spec, trial, best, target, checkpoint);

    /// <summary>The sweep.</summary>
    public SweepSpec Spec { get; }

    /// <summary>Names of the columns.</summary>
    public ModelColumns Columns => target.Columns;

    /// <summary>Finds the trial and its data. Throws <see cref="CommandException"/> when there is no such sweep, trial, or result.</summary>
    public static async Task<TrialModel> FindAsync(string id, int number, CommandContext context, CancellationToken cancellationToken)
    {
        await using var source = await SweepSources.OpenAsync(context, cancellationToken);
        await SweepSources.FindAsync(source, id, cancellationToken);
        var state = await SweepSources.ReplayAsync(source, id, cancellationToken);
        var trial = SweepSources.TrialOf(state, id, number);
        if (trial.BestEpoch is not { } best)
        {
            throw CommandException.NotFound(Terminal.Text(
                $"Trial {number} of {id} has no epoch with a finite result, so it has no model ({Words.Of(trial.State)}). 'approx show {id}' lists trials that have."));
        }

        if (state.Spec.Command is not null)
        {
            throw CommandException.Usage($"Sweep {id} is trained by a program, whose models are its own: this command is for networks of the built-in trainer.");
        }

        var (target, folder) = SweepFiles.OpenTarget(state.Spec, new LocalHome(context.Home).DataFolders(id, context.Data));
        if (target.Shape != state.Shape)
        {
            throw CommandException.Usage(
                $"The data in {folder} are not those that {id} was begun with: the files have changed. Restore them, or name another folder with --data.");
        }

        return new TrialModel(state.Spec, trial, best, target, await source.FindCheckpointAsync(id, number, cancellationToken));
    }

    /// <summary>Makes the model: from the checkpoint where that is at the best epoch, otherwise by training on to it, which is said.</summary>
    public Model Make(Terminal terminal, CancellationToken cancellationToken)
    {
        var configuration = trial.Training!;
        var data = target.Load();
        using var run = Resume(configuration, data, trial.Seed, best, checkpoint?.Data) ?? TrainingRun.Start(configuration, data, trial.Seed);
        if (run.EpochsDone < best)
        {
            terminal.Say(Terminal.Text(
                $"No checkpoint of trial {trial.Number} at its best epoch, {best}, is stored: training it again from epoch {run.EpochsDone}, which gives the same model."));
        }

        while (run.EpochsDone < best)
        {
            var report = run.TrainEpoch(cancellationToken) ?? throw new OperationCanceledException(cancellationToken);
            if (report != trial.Epochs[report.Epoch - 1])
            {
                throw new CommandException(ExitCodes.Failed, Terminal.Text(
                    $"Training trial {trial.Number} again gave other numbers than the sweep's in epoch {report.Epoch}: another version of this program ran the sweep. Use that version, or run the sweep again."));
            }
        }

        return run.ToModel(Columns);
    }

    /// <summary>The run of a checkpoint that is not past the end of an epoch, or null.</summary>
    internal static TrainingRun? Resume(TrialConfiguration configuration, TargetData data, ulong seed, int epoch, ReadOnlyMemory<byte>? checkpoint)
    {
        if (checkpoint is not { } saved)
        {
            return null;
        }

        try
        {
            var run = TrainingRun.Resume(configuration, data, seed, saved.Span);
            if (run.EpochsDone < epoch || (run.EpochsDone == epoch && run.IsBetweenEpochs))
            {
                return run;
            }

            run.Dispose();
        }
        catch (InvalidDataException)
        {
            // Torn or foreign: trained again from the start.
        }

        return null;
    }
}
