namespace ApproxCluster.Bench.Search;

/// <summary>
/// Validation error of 62,208 trainings of a small network on one data set, each with four seeds (Klein and Hutter, arXiv:1905.04970). What is observed is one of the
/// four, chosen by the noise; the truth is their mean.
/// </summary>
internal sealed class Fcnet(string name, double[] table) : IScalarObjective
{
    private const int Seeds = 4;

    private static readonly (string Name, int Radix, string[] Words)[] Digits =
    [
        ("activation_fn_1", 2, ["relu", "tanh"]), ("activation_fn_2", 2, ["relu", "tanh"]), ("batch_size", 4, []), ("dropout_1", 3, []), ("dropout_2", 3, []),
        ("init_lr", 6, []), ("lr_schedule", 2, ["cosine", "const"]), ("n_units_1", 6, []), ("n_units_2", 6, []),
    ];

    private readonly ulong key = CounterNoise.Name(name);

    /// <inheritdoc />
    public (double Observed, double True) Evaluate(Point point, ulong seed, ulong trial, ulong repetition = 0)
    {
        var row = 0;
        foreach (var (digit, radix, words) in Digits)
        {
            row = (row * radix) + (words.Length > 0 ? point.Word(digit, words) : point.Digit(digit, radix));
        }

        var values = table.AsSpan(row * Seeds, Seeds);
        return (values[(int)(CounterNoise.Hash(key, seed, trial, repetition) & (Seeds - 1))], (values[0] + values[1] + values[2] + values[3]) / Seeds);
    }
}
