namespace ApproxCluster.Search;

/// <summary>The values that a parameter may take.</summary>
public abstract record Domain;

/// <summary>One value, not searched.</summary>
public sealed record FixedDomain(ParameterValue Value) : Domain;

/// <summary>Whole numbers <see cref="Low"/>, Low+Step, ... up to <see cref="High"/>, both ends included.</summary>
/// <param name="Low">Smallest value, at least -2^53.</param>
/// <param name="High">Largest value, at least Low, at most 2^53; where Step does not lead to it, the last step below it.</param>
/// <param name="Log">Uniform in the logarithm; then Low is at least 1 and Step is 1.</param>
/// <param name="Step">Distance of neighbours, at least 1.</param>
public sealed record IntDomain(long Low, long High, bool Log = false, long Step = 1) : Domain;

/// <summary>Real numbers from <see cref="Low"/> to <see cref="High"/>, both ends included.</summary>
/// <param name="Low">Smallest value.</param>
/// <param name="High">Largest value, at least Low.</param>
/// <param name="Log">Uniform in the logarithm; then Low is above 0 and there is no Step.</param>
/// <param name="Step">Distance of neighbours, above 0 and at least a thousand-millionth of the range; null for a continuous range. The last step at most High is the largest value then.</param>
public sealed record FloatDomain(double Low, double High, bool Log = false, double? Step = null) : Domain;

/// <summary>One of several values, each of which may bring parameters of its own.</summary>
/// <param name="Choices">At least one, all different.</param>
public sealed record ChoiceDomain(IReadOnlyList<Choice> Choices) : Domain
{
    /// <summary>Whether the values are in a meaningful order, so that models may take neighbours as alike: an ordinal parameter.</summary>
    public bool IsOrdered { get; init; }
}

/// <summary>One value of a <see cref="ChoiceDomain"/> with the parameters that exist only when it is taken.</summary>
/// <param name="Value">The value: a word or a finite number.</param>
/// <param name="Parameters">
/// Nested parameters; empty for none. In sweep files their paths begin with the choice's own path and value, as in <c>optimizer.sgd.momentum</c>; in code any path will do, and one path may come under several values if
/// its domain is the same there.
/// </param>
public sealed record Choice(ParameterValue Value, IReadOnlyList<Parameter> Parameters);

/// <summary>A parameter of the search space.</summary>
/// <param name="Path">Dotted path, such as <c>learning_rate</c> or <c>encoding.fourier1d.order</c>.</param>
/// <param name="Domain">Its values.</param>
public sealed record Parameter(string Path, Domain Domain);

/// <summary>
/// A search space: parameters in the order of the file; nested ones hang on their choices. Unless it is free (<see cref="IsFree"/>), what a choice states for itself (<c>widths</c>,
/// <c>learning_rate</c>, ...) stands above the outer parameter of the same name.
/// </summary>
public sealed record SearchSpace(IReadOnlyList<Parameter> Parameters)
{
    /// <summary>Whether the parameters are a program's own: no name means anything here, and none stands above another. Default false; a <see cref="Tuner"/> takes every space as free.</summary>
    public bool IsFree { get; init; }

    /// <summary>Rules that every point keeps; default none. Samplers made by <see cref="SamplerFactory"/> give no point that breaks one.</summary>
    public IReadOnlyList<Constraint> Constraints { get; init; } = [];

    /// <summary>Every parameter that can exist in a trial and has more than one value.</summary>
    public IEnumerable<Parameter> Searched() => SpaceWalk.Searched(this);

    /// <summary>Whether a point keeps every rule.</summary>
    public bool Allows(Assignment point)
    {
        foreach (var constraint in Constraints)
        {
            if (!constraint.Allows(point))
            {
                return false;
            }
        }

        return true;
    }
}
