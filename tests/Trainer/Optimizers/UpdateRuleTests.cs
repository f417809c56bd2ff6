namespace ApproxCluster.Trainer.Tests;

/// <summary>Every rule against its formula in double over some steps, and what becomes of numbers that are none, or nearly none.</summary>
public unsafe class UpdateRuleTests
{
    private const int Count = 48;

    public static TheoryData<OptimizerConfiguration> Rules =>
    [
        new OptimizerConfiguration(OptimizerKind.Sgd, 0.1),
        new OptimizerConfiguration(OptimizerKind.Sgd, 0.1, Momentum: 0.9),
        new OptimizerConfiguration(OptimizerKind.Sgd, 0.1, Momentum: 0.9, Nesterov: true),
        OptimizerConfiguration.Default(OptimizerKind.RmsProp, 0.01),
        OptimizerConfiguration.Default(OptimizerKind.Adam, 0.01),
        new OptimizerConfiguration(OptimizerKind.AdamW, 0.01, WeightDecay: 0.3),
    ];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Apply_SeveralSteps_FollowsTheFormula(OptimizerConfiguration configuration)
    {
        foreach (var set in KernelSet.Available())
        {
            using var block = new GuardedBlock(4 * Count);
            float* w = block.Start, m = w + Count, v = m + Count, g = v + Count;
            var (expected, first, second) = (new double[Count], new double[Count], new double[Count]);
            for (var i = 0; i < Count; i++)
            {
                expected[i] = w[i] = i - 20.5f;
            }

            var rule = set.CreateRule(configuration, w, m, v);
            for (var step = 1; step <= 5; step++)
            {
                rule.BeginStep(step, configuration.LearningRate);
                for (var i = 0; i < Count; i++)
                {
                    g[i] = (float)Math.Sin(i + step);
                    expected[i] = Step(configuration, step, expected[i], g[i], ref first[i], ref second[i]);
                }

                rule.Apply(0, g, Count);
            }

            for (var i = 0; i < Count; i++)
            {
                Assert.Equal(expected[i], w[i], 1e-5 + 2e-6 * Math.Abs(expected[i]));
            }
        }
    }

    [Fact]
    public void Apply_StateThatHasDied_BecomesZeroAndNaNStays()
    {
        using var block = new GuardedBlock(64);
        float* w = block.Start, m = w + 16, v = m + 16, g = v + 16;
        (m[0], v[0], m[1], g[2]) = (8e-31f, 7e-31f, -9e-31f, float.NaN);
        var rule = KernelSet.Best.CreateRule(OptimizerConfiguration.Default(OptimizerKind.Adam, 0.1), w, m, v);
        rule.BeginStep(1, 0.1);
        rule.Apply(0, g, 16);
        Assert.Equal((0f, 0f), (m[0], v[0]));
        Assert.Equal(-8.1e-31f, m[1], 1e-36f);
        Assert.True(float.IsNaN(w[2]) && float.IsNaN(m[2]) && float.IsNaN(v[2]));
        Assert.Equal(0, w[3]);
    }

    private static double Step(OptimizerConfiguration c, int step, double w, double g, ref double first, ref double second)
    {
        switch (c.Kind)
        {
            case OptimizerKind.Sgd:
                first = c.Momentum * first + g;
                return w - c.LearningRate * (c.Nesterov ? g + c.Momentum * first : first);
            case OptimizerKind.RmsProp:
                second = c.Beta2 * second + (1 - c.Beta2) * g * g;
                return w - c.LearningRate * g / (Math.Sqrt(second) + c.Epsilon);
            default:
                first = c.Beta1 * first + (1 - c.Beta1) * g;
                second = c.Beta2 * second + (1 - c.Beta2) * g * g;
                var (mean, square) = (first / (1 - Math.Pow(c.Beta1, step)), second / (1 - Math.Pow(c.Beta2, step)));
                return w - c.LearningRate * c.WeightDecay * w - c.LearningRate * mean / (Math.Sqrt(square) + c.Epsilon);
        }
    }
}
