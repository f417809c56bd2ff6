namespace ApproxCluster.Search;

/// <summary>A rule that points of a search space keep.</summary>
public abstract class Constraint
{
    /// <summary>Whether a point keeps it.</summary>
    public abstract bool Allows(Assignment point);
}

/// <summary>
/// An expression over parameters that must not be false, such as <c>width * depth &lt;= 512 or optimizer == 'sgd'</c>. Where it depends on a parameter that does not exist in a
/// point, it is not false there, unless the rest of it settles that.
/// </summary>
public sealed class WhereConstraint : Constraint
{
    private readonly Expression expression;

    internal WhereConstraint(Expression expression) => (this.expression, Text) = (expression, ExpressionText.Of(expression));

    /// <summary>The expression in its one spelling.</summary>
    public string Text { get; }

    /// <summary>Parses an expression over the parameters of a space.</summary>
    /// <exception cref="FormatException">It is at fault: the message says where, what and why.</exception>
    public static WhereConstraint Parse(string text, SearchSpace space)
    {
        try
        {
            return new(ExpressionParser.Parse(text, ExpressionNames.Of(space)));
        }
        catch (ExpressionException fault)
        {
            throw new FormatException(FormattableString.Invariant($"'{Scalars.Shorten(text)}', character {fault.Place + 1}: {fault.Message}"), fault);
        }
    }

    /// <inheritdoc />
    public override bool Allows(Assignment point) => ExpressionValues.Truth(expression, point) is not false;

    /// <inheritdoc />
    public override string ToString() => Text;
}

/// <summary>Values that must not come together: a point that has all of them is forbidden.</summary>
public sealed class ForbidConstraint : Constraint
{
    /// <summary>Makes the rule; there must be at least one value.</summary>
    public ForbidConstraint(Assignment values)
    {
        ArgumentOutOfRangeException.ThrowIfZero(values.Count, nameof(values));
        Values = values;
    }

    /// <summary>The values.</summary>
    public Assignment Values { get; }

    /// <inheritdoc />
    public override bool Allows(Assignment point)
    {
        foreach (var (path, value) in Values)
        {
            if (point[path] != value)
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc />
    public override string ToString() => $"not ({Values})";
}
