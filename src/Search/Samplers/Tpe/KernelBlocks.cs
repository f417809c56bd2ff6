using System.Runtime.Intrinsics;

namespace ApproxCluster.Search;

/// <summary>
/// The kernels of a mixture laid out for evaluation four slots at a time. A block holds, for each continuous column, four inverse widths (divided by sqrt 2) and four products of
/// them with the centres, negated. Slots without an observation have weight 0.
/// </summary>
internal sealed class KernelBlocks(int continuous, int stepped, int categorical)
{
    /// <summary>Slots of a block, whatever the machine's vectors: sums are kept apart by place in the block.</summary>
    public const int Lanes = 4;

    private const double Absent = -1e300;

    private bool[] occupied = [];

    /// <summary>Blocks in use.</summary>
    public int Blocks { get; private set; }

    /// <summary>By block and continuous column: inverse widths and negated products.</summary>
    public double[] Kernels { get; private set; } = [];

    /// <summary>By slot: logarithm of the product of the columns' factors.</summary>
    public double[] Factors { get; private set; } = [];

    /// <summary>By slot: weight.</summary>
    public double[] Weights { get; private set; } = [];

    /// <summary>By block and stepped column: cells.</summary>
    public int[] Cells { get; private set; } = [];

    /// <summary>By block and stepped column: rows of masses.</summary>
    public int[] Rows { get; private set; } = [];

    /// <summary>By block and categorical column: choices.</summary>
    public double[] Choices { get; private set; } = [];

    public void Occupy(int slot)
    {
        if (slot >= occupied.Length)
        {
            Grow(Math.Max(16, Math.Max(slot / Lanes + 1, 2 * occupied.Length / Lanes)));
        }

        occupied[slot] = true;
        Blocks = Math.Max(Blocks, slot / Lanes + 1);
    }

    public void Vacate(int slot)
    {
        occupied[slot] = false;
        Factors[slot] = Absent;
    }

    public void Clear()
    {
        Array.Clear(occupied);
        Array.Fill(Factors, Absent);
        Blocks = 0;
    }

    public void SetKernel(int slot, int index, double centre, double width)
    {
        var inverse = 0.70710678118654752440 / width;
        var at = (slot / Lanes * continuous + index) * 2 * Lanes + slot % Lanes;
        Kernels[at] = inverse;
        Kernels[at + Lanes] = -centre * inverse;
    }

    public void SetCell(int slot, int index, int cell, int row)
    {
        var at = Place(slot, index, stepped);
        (Cells[at], Rows[at]) = (cell, row);
    }

    public void SetChoice(int slot, int index, double choice) => Choices[Place(slot, index, categorical)] = choice;

    public double Choice(int slot, int index) => Choices[Place(slot, index, categorical)];

    public void SetFactor(int slot, double factor) => Factors[slot] = factor;

    /// <summary>Sets the weights of the occupied slots, in their order, and returns the largest factor.</summary>
    public double SetWeights(Func<int, double> weights)
    {
        var largest = 0.0;
        var rank = 0;
        for (var slot = 0; slot < Blocks * Lanes; slot++)
        {
            Weights[slot] = occupied[slot] ? weights(rank++) : 0;
            largest = Math.Max(largest, Factors[slot]);
        }

        return largest;
    }

    /// <summary>The slot at a share of all weight, the prior kernel's last.</summary>
    public int Draw(double unit, double prior)
    {
        var total = prior;
        for (var slot = 0; slot < Blocks * Lanes; slot++)
        {
            total += Weights[slot];
        }

        var at = unit * total;
        for (var slot = 0; slot < Blocks * Lanes; slot++)
        {
            if (at < Weights[slot])
            {
                return slot;
            }

            at -= Weights[slot];
        }

        return KernelColumn.Prior;
    }

    /// <summary>Four numbers of an array.</summary>
    public static Vector256<double> Load(double[] values, int at) => Vector256.LoadUnsafe(ref values[at]);

    private static int Place(int slot, int index, int count) => (slot / Lanes * count + index) * Lanes + slot % Lanes;

    private void Grow(int blocks)
    {
        var from = occupied.Length;
        var slots = blocks * Lanes;
        Array.Resize(ref occupied, slots);
        (Kernels, Factors, Weights) = (Grown(Kernels, slots * continuous * 2), Grown(Factors, slots), Grown(Weights, slots));
        (Cells, Rows, Choices) = (Grown(Cells, slots * stepped), Grown(Rows, slots * stepped), Grown(Choices, slots * categorical));
        Array.Fill(Factors, Absent, from, slots - from);
    }

    private static T[] Grown<T>(T[] values, int size)
    {
        Array.Resize(ref values, size);
        return values;
    }
}
