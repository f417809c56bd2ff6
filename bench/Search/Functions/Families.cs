namespace ApproxCluster.Bench.Search;

/// <summary>What functions are made of: a family by the function's <c>base</c>, or else by how its name begins.</summary>
internal static class Families
{
    private static readonly string[] Names =
    [
        "branin", "hartmann6", "ackley", "rosenbrock", "levy", "mixed8", "fcnet_protein", "fcnet_slice", "fcnet_naval", "fcnet_parkinsons", "lcsyn",
        "taskset_gru128", "taskset_lstm128", "taskset_vrnn64relu", "zdt1", "zdt2", "zdt3", "mixed2",
    ];

    /// <summary>A function's objective.</summary>
    /// <param name="name">The function's name, which its noise depends on.</param>
    /// <param name="model">The family's name, or one that begins with it.</param>
    /// <param name="details">Its numbers.</param>
    /// <param name="tables">Recorded results.</param>
    public static object Create(string name, string model, FamilyDetails details, Tables tables)
    {
        var family = tables.Has(model) ? model : Names.FirstOrDefault(known => model.StartsWith(known, StringComparison.Ordinal));
        object objective = family switch
        {
            "branin" => Classic(Classical.Branin, Zeros(2)),
            "hartmann6" => Classic(Classical.Hartmann6, Zeros(6)),
            "ackley" => Classic(Classical.Ackley, Classical.AckleyShift),
            "rosenbrock" => Classic(Classical.Rosenbrock, Zeros(details.Dimensions)),
            "levy" => Classic(Classical.Levy, Classical.LevyShift),
            "mixed8" => new Analytic(Mixed8.Loss),
            "mixed2" => new Pair(point => (Mixed8.Loss(point), Mixed8.Weights(point))),
            "zdt1" or "zdt2" or "zdt3" => new Pair(point => Pair.Zdt(family[3] - '0', point.Shifted(Zeros(details.Dimensions)))),
            "lcsyn" => new Lcsyn(name, details.Epochs, details.Noise ?? 0.006),
            not null when family.StartsWith("fcnet_", StringComparison.Ordinal) => new Fcnet(name, tables.Numbers(family)),
            not null when family.StartsWith("taskset_", StringComparison.Ordinal) =>
                new Taskset(name, tables.Text("taskset_adam8p_unit"), tables.Numbers(family), details.Epochs),
            _ => throw new BenchException($"Family of {name} is '{model}', but must be one of {string.Join(", ", Names)}. Name the function after it, or give it as 'base'."),
        };
        if (details.Shift is not null && family is not ("branin" or "hartmann6" or "ackley" or "rosenbrock" or "levy"))
        {
            throw new BenchException($"shift of {name} is given, but must be left out: its family knows none.");
        }

        return (objective, details.Noise) switch
        {
            (IScalarObjective scalar, { } noise) => new Noisy(name, scalar, noise),
            (IPairObjective or Taskset, not null) => throw new BenchException($"noise_sd of {name} is given, but must be left out: its family knows none."),
            _ => objective,
        };

        Analytic Classic(Func<double[], double> function, IReadOnlyList<double> usual)
        {
            var shift = details.Shift ?? [.. usual.Take(details.Dimensions)];
            return shift.Count == details.Dimensions && (usual.Count == details.Dimensions || family is "ackley" or "levy")
                ? new Analytic(point => function(point.Shifted(shift)))
                : throw new BenchException(
                    FormattableString.Invariant($"Parameters of {name} are {details.Dimensions} and its shift has {shift.Count}, but must fit each other and {family}. Give a shift."));
        }
    }

    private static double[] Zeros(int count) => new double[count];
}

/// <summary>The numbers that a family may take from a function.</summary>
/// <param name="Dimensions">Parameters.</param>
/// <param name="Epochs">Epochs of a curve.</param>
/// <param name="Noise">Deviation of the noise; null for the family's own.</param>
/// <param name="Shift">Where the classical functions have their origin; null for the family's own.</param>
internal sealed record FamilyDetails(int Dimensions, int Epochs, double? Noise, IReadOnlyList<double>? Shift);
