using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>What a sweep would do, known before anything runs.</summary>
public sealed record SweepPlan
{
    /// <summary>Configurations to try; with a race at most.</summary>
    public required int Configurations { get; init; }

    /// <summary>Trainings of each configuration; with a race at most.</summary>
    public required int Replicates { get; init; }

    /// <summary>Trials of the search in all.</summary>
    public required long Trials { get; init; }

    /// <summary>Most trials of the confirmation; its cost is in no figure below.</summary>
    public required long MaximumConfirmation { get; init; }

    /// <summary>Rungs of successive halving, in epochs; empty without it.</summary>
    public required IReadOnlyList<int> Rungs { get; init; }

    /// <summary>Epochs of a trial that nothing ends.</summary>
    public required int Epochs { get; init; }

    /// <summary>Epochs in all: with successive halving, when it lets one in its reduction factor go on at each rung; else an upper bound.</summary>
    public required double ExpectedEpochs { get; init; }

    /// <summary>What the networks of the sweep come to; null where a program trains.</summary>
    public required NetworkPlan? Networks { get; init; }
}

/// <summary>What the networks of a sweep come to, known before anything runs.</summary>
public sealed record NetworkPlan
{
    /// <summary>Configurations that the figures below were computed from: the first ones of the sweep.</summary>
    public required int Examined { get; init; }

    /// <summary>Trainable numbers of the smallest network.</summary>
    public required long MinimumParameters { get; init; }

    /// <summary>Trainable numbers of the largest network.</summary>
    public required long MaximumParameters { get; init; }

    /// <summary>How many of the examined cannot be trained: their trials would fail.</summary>
    public required int Refused { get; init; }

    /// <summary>Why the smallest of these cannot be trained; null when all can.</summary>
    public required string? Refusal { get; init; }

    /// <summary>The configuration of median cost among the examined that can be trained; null when none can.</summary>
    public required TrialConfiguration? Typical { get; init; }

    /// <summary>Floating-point operations of training if every trial ran to its last epoch: an upper bound.</summary>
    public required double MaximumFlops { get; init; }

    /// <summary>The same when successive halving lets one in its reduction factor go on at each rung, whatever its size; else the bound.</summary>
    public required double ExpectedFlops { get; init; }

    /// <summary>Work in <see cref="TrialCost.WorkPerEpoch"/>, by which time is estimated, on the same terms.</summary>
    public required double ExpectedWork { get; init; }
}

/// <summary>Looks ahead at sweeps.</summary>
public static class SweepChecks
{
    /// <summary>Most configurations that <see cref="Plan"/> draws.</summary>
    public const int MaximumExamined = 1000;

    /// <summary>The configurations that a sweep tries first, in order, as long as nothing is known of results: at most <paramref name="count"/>.</summary>
    public static IReadOnlyList<TrialConfiguration> First(SweepSpec spec, TargetShape shape, int count)
    {
        var sampler = SamplerFactory.Create(spec);
        return
        [
            .. Enumerable.Range(0, Math.Min(spec.Trials, count))
                .Select(number => sampler.Suggest(number, []))
                .OfType<Assignment>()
                .Select(point => Configurations.Create(point, shape, spec.Epochs)),
        ];
    }

    /// <summary>
    /// Plans a sweep on a target. Draws its first configurations as the sweep will, with nothing known of results; extrapolates where there are more.
    /// </summary>
    public static SweepPlan Plan(SweepSpec spec, TargetShape shape)
    {
        var configurations = spec.Race is null ? spec.Trials : (int)Math.Min((spec.Trials + spec.FirstReplicates - 1) / spec.FirstReplicates, SamplerFactory.Create(spec).Size ?? int.MaxValue);
        var trials = spec.Race is null ? (long)spec.Trials * spec.Replicates : spec.Trials;
        var trained = spec.Sampler is PbtSamplerSpec population ? population.Population : trials;
        var (rungs, factor) = Rungs(spec);
        var epochs = trained * ExpectedEpochs(spec.Epochs, rungs, factor);
        return new SweepPlan
        {
            Configurations = configurations,
            Replicates = spec.Replicates,
            Trials = trials,
            MaximumConfirmation = (long)SweepState.ContenderLimit * spec.Confirm,
            Rungs = rungs,
            Epochs = spec.Epochs,
            ExpectedEpochs = epochs,
            Networks = spec.Command is null ? Networks(First(spec, shape, Math.Min(configurations, MaximumExamined)), shape, (double)trained * spec.Epochs, epochs) : null,
        };
    }

    private static NetworkPlan Networks(IReadOnlyList<TrialConfiguration> first, TargetShape shape, double mostEpochs, double epochs)
    {
        var examined = first.OrderBy(configuration => TrialCost.Parameters(configuration, shape)).ToList();
        var trainable = examined.ToLookup(configuration => !TrainerLimits.Faults(configuration, shape).Any());
        var (trained, refused) = (trainable[true].ToList(), trainable[false].ToList());
        var flopsPerEpoch = examined.Average(configuration => (double)TrialCost.FlopsPerEpoch(configuration, shape));
        return new NetworkPlan
        {
            Examined = examined.Count,
            MinimumParameters = TrialCost.Parameters(examined[0], shape),
            MaximumParameters = TrialCost.Parameters(examined[^1], shape),
            Refused = refused.Count,
            Refusal = refused.Count == 0 ? null : string.Join(' ', TrainerLimits.Faults(refused[0], shape)),
            Typical = trained.Count == 0 ? null : trained[trained.Count / 2],
            MaximumFlops = mostEpochs * flopsPerEpoch,
            ExpectedFlops = epochs * flopsPerEpoch,
            ExpectedWork = epochs * examined.Average(configuration => (double)TrialCost.WorkPerEpoch(configuration, shape)),
        };
    }

    // Other pruners end trials by their curves, or by bracket: the bound is then all that is known.
    private static (int[] Rungs, int Factor) Rungs(SweepSpec spec) => spec.Pruner switch
    {
        AshaPrunerSpec asha => ([.. AshaPruner.Stops(asha.MinEpochs, asha.ReductionFactor, spec.Epochs)], asha.ReductionFactor),
        ShaPrunerSpec sha => ([.. AshaPruner.Stops(sha.MinEpochs, sha.ReductionFactor, spec.Epochs)], sha.ReductionFactor),
        _ => ([], 1),
    };

    /// <summary>Mean epochs of a trial: all reach the first rung, one in eta the second, and so on.</summary>
    private static double ExpectedEpochs(int epochs, int[] rungs, int factor)
    {
        var (expected, share, done) = (0.0, 1.0, 0);
        foreach (var stop in rungs.Append(epochs))
        {
            expected += share * (stop - done);
            done = stop;
            share /= factor;
        }

        return expected;
    }
}
