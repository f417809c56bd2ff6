using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <content>Trials that go on from the weights of others.</content>
public sealed partial class SweepState
{
    private PopulationPruner? population;
    private Exploration? exploration;

    /// <summary>A trial that takes the place of another: it has the seed, the weights and the epochs so far of the one that it goes on from.</summary>
    private TrialCreated Continue(Branch branch)
    {
        var parent = trials[branch.Trial];
        var parameters = exploration!.Change(parent.Parameters, configurations.Count, CanContinue);
        return new(trials.Count, configurations.Count, 0, parent.Seed, parameters) { From = branch };

        bool CanContinue(Assignment point)
        {
            try
            {
                return parts.Configure(point, Shape, Spec.Epochs).CanContinue(parent.Entry.Configuration!);
            }
            catch (Exception fault) when (fault is ArgumentException or OverflowException)
            {
                return false;
            }
        }
    }

    private TrialConfiguration Continued(TrialConfiguration configuration, Branch branch)
    {
        var parent = trials[branch.Trial].Entry.Configuration!;
        return configuration with { Earlier = [.. parent.Earlier, parent.AsStretch(branch.Epoch)] };
    }

    private void Inherit(Trial trial, Branch branch)
    {
        Require(
            population?.NextBranch == branch && trials[branch.Trial].Epochs.Count >= branch.Epoch,
            new TrialCreated(trial.Number, trial.Configuration, trial.Replicate, trial.Seed, trial.Parameters) { From = branch },
            "a trial goes on from where the population branches");
        foreach (var report in trials[branch.Trial].Epochs.Take(branch.Epoch))
        {
            trial.Add(report);
        }

        population!.Branched();
    }
}
