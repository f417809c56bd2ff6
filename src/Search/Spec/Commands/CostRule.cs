namespace ApproxCluster.Search;

/// <summary>What an epoch of a program costs in virtual time: an expression over the parameters, relative to 1.</summary>
public sealed class CostRule
{
    /// <summary>Virtual time of a cost of 1.</summary>
    internal const long Unit = 1000;

    /// <summary>Largest cost.</summary>
    internal const double Maximum = 1e9;

    private readonly Expression expression;

    internal CostRule(Expression expression) => (this.expression, Text) = (expression, ExpressionText.Of(expression));

    /// <summary>The expression in its one spelling.</summary>
    public string Text { get; }

    /// <inheritdoc />
    public override string ToString() => Text;

    internal long WorkAt(Assignment point)
    {
        var cost = ExpressionValues.Number(expression, point);
        return cost is > 0 and <= Maximum
            ? Math.Max(1, (long)Math.Round(cost * Unit))
            : throw new ArgumentException(FormattableString.Invariant($"cost is {cost} for {point}, but must be a number above 0 and at most {Maximum}. Change the expression, or keep such points out with 'where'."));
    }
}
