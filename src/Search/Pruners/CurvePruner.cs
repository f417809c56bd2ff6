namespace ApproxCluster.Search;

/// <summary>
/// Stops a trial that, by the extrapolation of its learning curve, becomes the best of the search with a probability below 1 - confidence: the predictive termination criterion
/// of Domhan, Springenberg, Hutter (IJCAI 2015, section 4; their delta is 1 - confidence), with the forecasts of <see cref="CurveForecast"/>. The incumbent is the smallest cost that any
/// trial has shown after any epoch that was judged; the trial that holds it is never stopped, nor is one with fewer than four finite costs.
/// <para>
/// Of several objectives the first is forecast, and the incumbent is the smallest cost by it among the trials that are no worse in any other (outcomes as they stand, within limits): a trial ends that
/// will hardly come to the front by its first objective. Where no other is as good in all the others, it goes on.
/// </para>
/// <para>What the forecast knows are decays to a level: it gives no credit for curves that fall again after a plateau, such as after a step of the learning rate.</para>
/// </summary>
public sealed class CurvePruner : StoppingPruner
{
    private readonly CurvePrunerSpec spec;
    private readonly int objectives;
    private readonly SortedDictionary<int, double[]> outcomes = [];
    private double incumbent = double.PositiveInfinity;

    /// <summary>Makes the pruner for one search.</summary>
    /// <param name="spec">Its parameters.</param>
    /// <param name="epochs">Epochs of a trial.</param>
    /// <param name="objectives">Objectives, at least 1.</param>
    public CurvePruner(CurvePrunerSpec spec, int epochs, int objectives = 1)
        : base(spec.WarmupEpochs, spec.IntervalEpochs, epochs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(spec.Confidence, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(spec.Confidence, 1);
        (this.spec, this.objectives) = (spec, objectives);
    }

    /// <inheritdoc />
    public override void Observe(ITrialCurve trial, bool diverged)
    {
        incumbent = Math.Min(incumbent, trial.BestCost);
        if (objectives > 1 && trial.Violation <= 0 && trial.FiniteOutcome() is { } outcome)
        {
            outcomes[trial.Number] = outcome;
        }
    }

    /// <inheritdoc />
    protected override bool IsHopeless(ITrialCurve trial)
    {
        var rival = objectives > 1 ? BestRival(trial) : incumbent;
        return trial.BestCost > rival
            && CurveForecast.Of(trial.Costs, Epochs) is { } forecast
            && forecast.ProbabilityBelow(rival) < 1 - spec.Confidence;
    }

    private double BestRival(ITrialCurve trial)
    {
        var least = double.PositiveInfinity;
        if (trial.FiniteOutcome() is { } mine)
        {
            foreach (var (number, outcome) in outcomes)
            {
                if (outcome[0] < least && number != trial.Number && Enumerable.Range(1, objectives - 1).All(objective => outcome[objective] <= mine[objective]))
                {
                    least = outcome[0];
                }
            }
        }

        return least;
    }
}
