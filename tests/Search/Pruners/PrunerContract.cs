namespace ApproxCluster.Search.Tests;

/// <summary>What every pruner keeps.</summary>
public abstract class PrunerContract
{
    private const int Trials = 27;
    private const int Epochs = 27;

    /// <summary>The pruner as sweep files write it.</summary>
    protected abstract string Text { get; }

    /// <summary>The pruner's class.</summary>
    protected virtual string Name => GetType().Name.Replace("Tests", "", StringComparison.Ordinal);

    private SweepSpec Spec => Read.Spec($"{{target: curve, pruner: {Text}, epochs: {Epochs}}}");

    [Fact]
    public void Create_Factory_MakesThePrunerOfTheFile()
    {
        Assert.Equal(Name, PrunerFactory.Create(Spec).GetType().Name);
        Assert.Equal(SweepFile.Canonical(Spec), SweepFile.Canonical(Read.Spec(SweepFile.Canonical(Spec))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Judge_OrderedCurves_NeverKillsTheEventualBest(int parallel)
    {
        for (var best = 0; best < Trials; best += 2)
        {
            var order = best;
            var run = Run(Create(), (trial, epoch) => 1 + (trial + Trials - order) % Trials + 20.0 / epoch, parallel);

            Assert.Equal((TrialState.Completed, Epochs), run.Ends[best]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Judge_NotFiniteNumbers_AreBorneAndTheBestCompletes(int parallel)
    {
        double Cost(int trial, int epoch) => (trial % 4) switch
        {
            0 => epoch == 1 + trial / 4 ? double.NaN : 5 + trial + 10.0 / epoch,
            1 => double.NaN,
            2 => epoch == 3 ? double.PositiveInfinity : 50 + trial,
            _ => trial + 10.0 / epoch,
        };

        var run = Run(Create(), Cost, parallel);

        Assert.All(run.Ends, end => Assert.NotEqual(TrialState.Running, end.State));
        Assert.All(run.Ends.Where((_, trial) => trial % 4 == 2), end => Assert.NotEqual(TrialState.Completed, end.State));
        Assert.Contains(run.Ends, end => end == (TrialState.Completed, Epochs));
        Assert.Equal((TrialState.Completed, Epochs), run.Ends[3]);
    }

    [Fact]
    public void Judge_FirstAndOnlyTrial_Completes() =>
        Assert.Equal([(TrialState.Completed, Epochs)], PrunerRun.Of(Create(), 1, Epochs, (_, epoch) => 10.0 / epoch).Ends);

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void Judge_Ties_LetTheFirstComplete(int parallel) =>
        Assert.Equal((TrialState.Completed, Epochs), Run(Create(), (_, epoch) => 10.0 / epoch, parallel).Ends[0]);

    [Fact]
    public void Judge_ConstantCurves_LetTheBestComplete()
    {
        var run = Run(Create(), (trial, _) => trial == 20 ? -1 : 0, 3);

        Assert.Equal((TrialState.Completed, Epochs), run.Ends[20]);
    }

    [Fact]
    public void NextStop_OneEpoch_EndsAtOnce()
    {
        var pruner = PrunerFactory.Create(Spec with { Epochs = 1 });

        Assert.All(PrunerRun.Of(pruner, 9, 1, (trial, _) => trial, parallel: 2).Ends, end => Assert.Equal((TrialState.Completed, 1), end));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Replay_FreshPrunerToldTheSame_SaysTheSame(int parallel)
    {
        for (ulong seed = 0; seed < 10; seed++)
        {
            var run = Run(Create(), Random(seed), parallel);
            var answers = run.Answers.ToList();

            Assert.Equal(answers, run.Replay(Create()));
        }
    }

    [Fact]
    public void JudgeAndPromotion_AskedTwice_ChangeNothing()
    {
        for (ulong seed = 0; seed < 10; seed++)
        {
            Assert.Equal(Run(Create(), Random(seed), 4).Answers, Run(Create(), Random(seed), 4, askTwice: true).Answers);
        }
    }

    private protected IPruner Create() => PrunerFactory.Create(Spec);

    private protected static PrunerRun Run(IPruner pruner, Func<int, int, double> cost, int parallel, bool askTwice = false) => PrunerRun.Of(
        pruner, Trials, Epochs, cost, parallel, gap: (trial, epoch) => 0.001 * ((trial * 7 + epoch * 3) % 11), askTwice: askTwice);

    /// <summary>Curves that fall, cross, rise, diverge and hold NaN.</summary>
    private static Func<int, int, double> Random(ulong seed) => (trial, epoch) =>
    {
        var random = new Trainer.Philox(seed, (ulong)trial);
        var (level, fall, rise) = (random.NextDouble(), random.NextDouble(), random.NextDouble());
        var noise = new Trainer.Philox(seed, (ulong)(trial * 1000 + epoch)).NextDouble();
        return noise > 0.995 ? double.PositiveInfinity
            : noise < 0.01 ? double.NaN
            : level + fall * 3 / epoch + Math.Max(0, rise - 0.7) * 0.1 * epoch + 0.05 * noise;
    };
}

public sealed class NoPrunerTests : PrunerContract
{
    protected override string Text => "none";
}

public sealed class AshaPrunerPromotingTests : PrunerContract
{
    protected override string Text => "{asha: {promote: true}}";

    protected override string Name => nameof(AshaPruner);
}

public sealed class AshaPrunerDelayedTests : PrunerContract
{
    protected override string Text => "{asha: {min_trials: 7}}";

    protected override string Name => nameof(AshaPruner);
}

public sealed class AshaPrunerDelayedPromotingTests : PrunerContract
{
    protected override string Text => "{asha: {promote: true, min_trials: 7}}";

    protected override string Name => nameof(AshaPruner);
}

public sealed class HyperbandPrunerPromotingTests : PrunerContract
{
    protected override string Text => "{hyperband: {promote: true}}";

    protected override string Name => nameof(HyperbandPruner);
}

public sealed class MedianPrunerTests : PrunerContract
{
    protected override string Text => "median";

    protected override string Name => nameof(PercentilePruner);
}

public sealed class PatiencePrunerWrappingTests : PrunerContract
{
    protected override string Text => "{patience: {patience: 2, wrapped: {median: {startup_trials: 1}}}}";

    protected override string Name => nameof(PatiencePruner);
}
