namespace ApproxCluster.Search;

/// <summary>Tells what in a file does not suit population-based training.</summary>
internal sealed class PopulationReader(FaultList faults)
{
    /// <summary>Notes the faults where the sampler is one of a population.</summary>
    /// <param name="sampler">The sampler.</param>
    /// <param name="space">The space.</param>
    /// <param name="isSpaceSound">Whether the space is without faults.</param>
    /// <param name="root">The file.</param>
    /// <param name="at">Where the sampler stands.</param>
    /// <param name="counts">Trials, epochs and replicates; null after a fault.</param>
    public void Check(SamplerSpec sampler, SearchSpace space, bool isSpaceSound, YamlMap root, YamlNode at, (long? Trials, long? Epochs, int Replicates) counts)
    {
        if (sampler is not PbtSamplerSpec spec)
        {
            return;
        }

        if (root.Find("trainer") is not null)
        {
            faults.Add(at, "sampler", "sampler is pbt, but must be another one beside trainer: the weights that its trials would go on from are the program's own. Use auto.");
            return;
        }

        if (isSpaceSound && !SpaceWalk.Searched(space).Any(Exploration.CanChange))
        {
            faults.Add(at, "sampler", $"sampler is pbt, but must be another one while space searches nothing that can change in training, none of {Exploration.Rule}. Search one of them, learning_rate for one.");
        }

        if (spec.Interval >= counts.Epochs)
        {
            faults.Add(at, "sampler.pbt", FormattableString.Invariant($"interval is {spec.Interval}, but must be below epochs, which is {counts.Epochs}. Lower it, or raise epochs."));
        }

        if (root.Find("trials") is { } trials && counts.Trials < spec.Population)
        {
            faults.Add(trials.Value, "trials", FormattableString.Invariant(
                $"trials is {counts.Trials}, but must be at least the population, which is {spec.Population}: replacements count too. Raise it, or leave it out."));
        }

        if (root.Find("pruner") is { } pruner && (pruner.Value as YamlScalar)?.Text != "none")
        {
            faults.Add(pruner.Value, "pruner", "pruner is given, but must be none with sampler pbt, which ends the worst of its population by itself. Delete the line.");
        }

        if (root.Find("replicates") is { } replicates && (counts.Replicates > 1 || replicates.Value is not YamlScalar))
        {
            faults.Add(replicates.Value, "replicates", "replicates is more than 1, but must be 1 with sampler pbt, whose trials go on from each other. Delete the line; 'confirm' trains what was found under fresh seeds.");
        }
    }
}
