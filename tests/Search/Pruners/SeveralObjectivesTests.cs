namespace ApproxCluster.Search.Tests;

/// <summary>What every pruner keeps where there are several objectives.</summary>
public sealed class SeveralObjectivesTests
{
    private const int Trials = 27;
    private const int Epochs = 27;

    private static readonly string[] Comparing =
    [
        "asha", "{asha: {promote: true}}", "{asha: {min_trials: 4}}", "sha", "hyperband", "{hyperband: {promote: true}}", "{median: {startup_trials: 1}}", "{percentile: {startup_trials: 1}}",
        "{curve: {warmup_epochs: 4}}", "wilcoxon", "{any: {pruners: [sha, curve]}}",
    ];

    private static readonly string[] Alone = ["none", "{patience: {patience: 2}}", "{threshold: {upper: 20}}", "{gap: {patience: 2}}"];

    public static TheoryData<string> All => [.. Comparing, .. Alone, "{patience: {patience: 2, wrapped: {median: {startup_trials: 1}}}}"];

    public static TheoryData<string> ThatCompare => [.. Comparing];

    public static TheoryData<string> ThatLookAtOneTrial => [.. Alone];

    /// <summary>Those that end nothing that none of the completed trials dominates.</summary>
    public static TheoryData<string> ThatKeepTheFront => ["{median: {startup_trials: 1}}", "{percentile: {startup_trials: 1}}", "{curve: {warmup_epochs: 4}}", "wilcoxon"];

    [Theory]
    [MemberData(nameof(All))]
    public void Judge_BestInAllObjectives_Completes(string pruner)
    {
        for (var best = 0; best < Trials; best += 2)
        {
            var order = best;
            int Place(int trial) => (trial + Trials - order) % Trials;
            var run = Run(pruner, (trial, epoch) => 1 + 0.1 * Place(trial) + 10.0 / epoch, (trial, _) => Place(trial), parallel: 5);

            Assert.Equal((TrialState.Completed, Epochs), run.Ends[best]);
        }
    }

    [Theory]
    [MemberData(nameof(ThatCompare))]
    public void Judge_WorseInAllObjectives_IsPruned(string pruner)
    {
        // Replicates of nine configurations, so that the test over replicates has something to compare.
        var run = Run(pruner, (trial, epoch) => 1 + trial / 3 + 0.01 * (trial % 3) + 1.0 / epoch, (trial, _) => trial / 3, parallel: 1, replicates: 3);
        var lenient = pruner == "wilcoxon";

        Assert.Equal(lenient, run.Ends[^1].State == TrialState.Completed);
    }

    [Fact]
    public void Judge_ManyReplicatesWorseInAllObjectives_ArePruned()
    {
        var run = PrunerRun.Of(Create("wilcoxon"), 24, Epochs, (trial, epoch) => 1 + trial / 6 + 0.01 * (trial % 6) + 1.0 / epoch, replicates: 6, second: (trial, _) => trial / 6);

        Assert.Equal(TrialState.Pruned, run.Ends[^1].State);
    }

    [Theory]
    [MemberData(nameof(ThatKeepTheFront))]
    public void Judge_BestInOneObjectiveOnly_Completes(string pruner)
    {
        // Good by the first objective and large, or bad and small: only the trials in between that are neither are dominated.
        double First(int trial, int epoch) => (trial % 3 == 0 ? 30 - trial : trial % 3 == 1 ? trial : 40 + trial) + 10.0 / epoch;
        double Second(int trial) => trial % 3 == 0 ? trial : trial % 3 == 1 ? 30 - trial : 40 + trial;
        var run = Run(pruner, First, (trial, _) => Second(trial), parallel: 4);

        Assert.All(run.Ends.Where((_, trial) => trial % 3 != 2), end => Assert.Equal((TrialState.Completed, Epochs), end));
    }

    [Theory]
    [MemberData(nameof(ThatCompare))]
    public void Judge_SecondObjectiveTurnedRound_DecidesOtherwise(string pruner)
    {
        IEnumerable<(TrialState, int)> Ends(int sign) => PrunerRun.Of(
            Create(pruner), Trials, Epochs, (trial, epoch) => 1 + trial / 9 + 0.01 * (trial % 9) + 1.0 / epoch, replicates: 9, second: (trial, _) => sign * (trial / 9)).Ends;

        Assert.NotEqual(Ends(1), Ends(-1));
    }

    [Theory]
    [MemberData(nameof(ThatLookAtOneTrial))]
    public void Judge_OneTrialAlone_ByTheFirstObjective(string pruner)
    {
        static double Cost(int trial, int epoch) => 5 + trial % 4 + (epoch - trial) * (epoch - trial) * 0.1;

        Assert.Equal(PrunerRun.Of(PrunerFactory.Create(Spec(pruner)), Trials, Epochs, Cost, gap: Gap).Ends, PrunerRun.Of(Create(pruner), Trials, Epochs, Cost, gap: Gap, second: (trial, _) => trial).Ends);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Judge_NotFiniteNumbers_AreBorneAndReplayed(string pruner)
    {
        for (ulong seed = 0; seed < 6; seed++)
        {
            double Number(int trial, int epoch, int objective)
            {
                var number = new Trainer.Philox(seed, (ulong)((trial * 100 + epoch) * 2 + objective)).NextDouble();
                return number > 0.99 && objective == 0 ? double.PositiveInfinity : number < 0.03 ? double.NaN : number + 5.0 / epoch;
            }

            PrunerRun Of(bool askTwice) => Run(pruner, (trial, epoch) => Number(trial, epoch, 0), (trial, epoch) => Number(trial, epoch, 1), parallel: 4, askTwice: askTwice);
            var run = Of(askTwice: false);
            var answers = run.Answers.ToList();

            Assert.All(run.Ends, end => Assert.NotEqual(TrialState.Running, end.State));
            Assert.Equal(answers, Of(askTwice: true).Answers);
            Assert.Equal(answers, run.Replay(Create(pruner)));
        }
    }

    private static SweepSpec Spec(string pruner) => Read.Spec($"{{target: curve, pruner: {pruner}, epochs: {Epochs}}}");

    private static IPruner Create(string pruner) => PrunerFactory.Create(Spec(pruner).Pruner, new() { Epochs = Epochs, Objectives = 2 });

    private static double Gap(int trial, int epoch) => 0.001 * ((trial * 7 + epoch * 3) % 11);

    private static PrunerRun Run(string pruner, Func<int, int, double> first, Func<int, int, double> second, int parallel, bool askTwice = false, int replicates = 1) =>
        PrunerRun.Of(Create(pruner), Trials, Epochs, first, parallel, replicates, Gap, askTwice, second);
}
