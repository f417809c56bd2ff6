namespace ApproxCluster.Trainer;

/// <summary>Which part of a target's samples; the number is the generator's stream.</summary>
internal enum TargetSplit
{
    /// <summary>What trials learn from.</summary>
    Training = 1,

    /// <summary>What trials are compared on.</summary>
    Validation = 2,

    /// <summary>What the winner is scored on.</summary>
    Test = 3,

    /// <summary>Not a split: the draw that deals samples out to splits.</summary>
    Dealing = 4,
}

/// <summary>A sequence of random draws of a target, the same bits on every machine. Drawing one sample after the other makes the first
/// n samples of a larger draw equal to a draw of n.</summary>
internal sealed class Draws
{
    private Philox generator;
    private double? spare;

    /// <summary>Starts the sequence of one split under the target's seed.</summary>
    public Draws(ulong seed, TargetSplit split) => generator = new Philox(Seeds.Derive(seed, "target"), (ulong)split);

    /// <summary>Uniform in [0, 1).</summary>
    public double Uniform() => generator.NextDouble();

    /// <summary>Uniform in [low, high).</summary>
    public double Uniform(double low, double high) => low + (high - low) * generator.NextDouble();

    /// <summary>Uniform in 0..count-1.</summary>
    public int Below(int count) => (int)generator.NextBelow((uint)count);

    /// <summary>Mean 0, standard deviation 1: Box and Muller's pairs.</summary>
    public double Normal()
    {
        if (spare is { } value)
        {
            spare = null;
            return value;
        }

        var radius = Math.Sqrt(-2 * PortableMath.Log(1 - generator.NextDouble()));
        var angle = 2 * Math.PI * generator.NextDouble();
        spare = radius * PortableMath.Sin(angle);
        return radius * PortableMath.Cos(angle);
    }

    /// <summary>The numbers 0..count-1 in random order (Fisher and Yates, from the front: a prefix is a fair sample).</summary>
    public int[] Permutation(int count)
    {
        var order = new int[count];
        for (var i = 0; i < count; i++)
        {
            order[i] = i;
        }

        for (var i = 0; i < count - 1; i++)
        {
            var other = i + Below(count - i);
            (order[i], order[other]) = (order[other], order[i]);
        }

        return order;
    }
}
