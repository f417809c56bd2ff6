using System.Globalization;

namespace ApproxCluster.Search;

/// <summary>The one spelling of an expression: single spaces, no parentheses that mean nothing, numbers in shortest round-trip form. It parses back to an equal expression.</summary>
internal static class ExpressionText
{
    /// <summary>The text.</summary>
    public static string Of(Expression expression) => expression switch
    {
        NumberExpression it => it.Value.ToString("R", CultureInfo.InvariantCulture),
        WordExpression it => it.Value.Contains('\'') ? $"\"{it.Value}\"" : $"'{it.Value}'",
        ParameterExpression it => it.Path,
        ExistsExpression it => $"exists({it.Path})",
        NotExpression it => $"not {Within(it.Operand, Rank(it))}",
        JunctionExpression it => $"{Within(it.Left, Rank(it))} {(it.IsAnd ? "and" : "or")} {Within(it.Right, Rank(it) + 1)}",
        ComparisonExpression it => $"{Within(it.Left, Rank(it) + 1)} {it.Operation} {Within(it.Right, Rank(it) + 1)}",
        ArithmeticExpression { Operation: "+" or "-" or "*" or "/" } it => $"{Within(it.Operands[0], Rank(it))} {it.Operation} {Within(it.Operands[1], Rank(it) + 1)}",
        ArithmeticExpression it => $"{it.Operation}({string.Join(", ", it.Operands.Select(Of))})",
        _ => throw new ArgumentOutOfRangeException(nameof(expression), expression, "Unknown expression."),
    };

    private static string Within(Expression expression, int rank) => Rank(expression) < rank ? $"({Of(expression)})" : Of(expression);

    private static int Rank(Expression expression) => expression switch
    {
        JunctionExpression it => it.IsAnd ? 2 : 1,
        NotExpression => 3,
        ComparisonExpression => 4,
        ArithmeticExpression { Operation: "+" or "-" } => 5,
        ArithmeticExpression { Operation: "*" or "/" } => 6,
        NumberExpression { Value: < 0 } => 7,
        _ => 8,
    };
}
