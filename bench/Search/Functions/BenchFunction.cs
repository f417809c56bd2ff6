using ApproxCluster.Search;

namespace ApproxCluster.Bench.Search;

/// <summary>Protocols of the benchmark.</summary>
internal enum FunctionKind
{
    /// <summary>One objective at the end of a trial.</summary>
    Scalar,

    /// <summary>One objective after every epoch.</summary>
    Curve,

    /// <summary>Two objectives at the end of a trial.</summary>
    Multi,
}

/// <summary>One function with what its scores need.</summary>
internal sealed record BenchFunction
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its protocol.</summary>
    public required FunctionKind Kind { get; init; }

    /// <summary>Its parameters.</summary>
    public required NamedSpace Space { get; init; }

    /// <summary>An <see cref="IScalarObjective"/>, <see cref="ICurveObjective"/> or <see cref="IPairObjective"/>, by kind.</summary>
    public required object Objective { get; init; }

    /// <summary>Budgets at which it is scored: trials, or epochs for curves.</summary>
    public required IReadOnlyList<int> Checkpoints { get; init; }

    /// <summary>Epochs of a whole curve; 1 for others.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>Smallest noiseless value; not for two objectives.</summary>
    public double Optimum { get; init; }

    /// <summary>Regret of a random configuration, the unit of regrets.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>The corner that bounds the hypervolume; two objectives only.</summary>
    public (double First, double Second) Reference { get; init; }

    /// <summary>The largest hypervolume; two objectives only.</summary>
    public double OptimumHypervolume { get; init; } = 1;

    /// <summary>A configuration under the function's own names.</summary>
    public Point At(Assignment parameters) => new(Name, name => Space.Paths.TryGetValue(name, out var path) ? parameters[path] : null);
}

/// <summary>A space, and the path of each parameter by its name in the function.</summary>
internal sealed record NamedSpace(SearchSpace Space, IReadOnlyDictionary<string, string> Paths);
