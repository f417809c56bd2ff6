namespace ApproxCluster.Search;

/// <summary>
/// Hyperband (Li, Jamieson, DeSalvo, Rostamizadeh, Talwalkar, "Hyperband: a novel bandit-based approach to hyperparameter optimization", JMLR 18, 2018, algorithm 1) with asynchronous
/// brackets, as Optuna 4.9's HyperbandPruner has it: bracket b = 0 .. s_max is an <see cref="AshaPruner"/> of its own whose first rung lies at r*eta^b epochs, and
/// sees its own trials only; with several objectives a <see cref="ParetoAshaPruner"/>. The paper's r, eta and R are <see cref="HyperbandPrunerSpec.MinEpochs"/>, <see cref="HyperbandPrunerSpec.ReductionFactor"/> and the
/// epochs of a trial; s_max is the largest s with r*eta^s up to R, in whole numbers; s = s_max - b.
/// <para>
/// Brackets get trials in the proportion ceil((s_max + 1) eta^s / (s + 1)) of their sizes in the paper, which spends about the same on each. The bracket of a trial is a
/// function of its number alone: the fraction of number times the golden ratio, in 64-bit whole numbers, falls into the brackets' shares, so that any stretch of
/// numbers is shared out almost in proportion (Optuna hashes the study's name and the number instead).
/// </para>
/// </summary>
public sealed class HyperbandPruner : IPruner
{
    private const ulong GoldenRatio = 0x9E3779B97F4A7C15;

    private readonly IPruner[] brackets;

    // Trials of brackets 0 .. b out of shares[^1] in all.
    private readonly ulong[] shares;

    /// <summary>Makes the pruner for one search.</summary>
    /// <param name="spec">Its parameters.</param>
    /// <param name="epochs">Epochs of a trial, R.</param>
    /// <param name="objectives">Objectives, at least 1.</param>
    public HyperbandPruner(HyperbandPrunerSpec spec, int epochs, int objectives = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.MinEpochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.ReductionFactor, 2);
        int[] first = [.. AshaPruner.Stops(spec.MinEpochs, spec.ReductionFactor, epochs + 1)];
        first = first.Length == 0 ? [spec.MinEpochs] : first;
        brackets =
        [
            .. first.Select(rung => new AshaPrunerSpec(rung, spec.ReductionFactor, spec.Promote))
                .Select(asha => objectives > 1 ? (IPruner)new ParetoAshaPruner(asha, epochs) : new AshaPruner(asha, epochs)),
        ];
        shares = new ulong[brackets.Length];
        var (sum, power) = (0UL, 1UL);
        for (var s = 0; s < shares.Length; s++)
        {
            shares[^(s + 1)] = ((ulong)shares.Length * power + (ulong)s) / ((ulong)s + 1);
            power *= (ulong)spec.ReductionFactor;
        }

        for (var bracket = 0; bracket < shares.Length; bracket++)
        {
            shares[bracket] = sum += shares[bracket];
        }
    }

    /// <summary>Brackets: s_max + 1.</summary>
    public int Brackets => brackets.Length;

    /// <summary>The bracket (from 0, the strictest) of a trial.</summary>
    public int BracketOf(int trial)
    {
        var place = Math.BigMul((ulong)trial * GoldenRatio, shares[^1], out _);
        var bracket = 0;
        while (place >= shares[bracket])
        {
            bracket++;
        }

        return bracket;
    }

    /// <inheritdoc />
    public int NextStop(ITrialCurve trial) => Of(trial).NextStop(trial);

    /// <inheritdoc />
    public void Observe(ITrialCurve trial, bool diverged) => Of(trial).Observe(trial, diverged);

    /// <inheritdoc />
    public Verdict Judge(ITrialCurve trial)
    {
        // Rungs are counted from r, so that the same rung of two brackets lies at the same epoch.
        var verdict = Of(trial).Judge(trial);
        return verdict with { Rung = verdict.Rung + BracketOf(trial.Number) };
    }

    /// <inheritdoc />
    public int? Promotion(bool closing) => brackets.Select(bracket => bracket.Promotion(closing)).FirstOrDefault(trial => trial is not null);

    /// <inheritdoc />
    public void Promoted(ITrialCurve trial) => Of(trial).Promoted(trial);

    /// <inheritdoc />
    public void Ended(ITrialCurve trial) => Of(trial).Ended(trial);

    private IPruner Of(ITrialCurve trial) => brackets[BracketOf(trial.Number)];
}
