using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// Values of expressions at a point. A comparison with a parameter that does not exist there, or with a number that is none (0/0, log2(-1)), is neither true nor false; not, and
/// and or treat it as unknown (Kleene's logic). The same bits on every machine.
/// </summary>
internal static class ExpressionValues
{
    /// <summary>True, false, or null where it is neither.</summary>
    public static bool? Truth(Expression expression, Assignment point) => expression switch
    {
        ExistsExpression it => point[it.Path] is not null,
        NotExpression it => !Truth(it.Operand, point),
        ComparisonExpression it => Compare(it, point),
        JunctionExpression { IsAnd: true } it => Truth(it.Left, point) switch { false => false, true => Truth(it.Right, point), null => Truth(it.Right, point) is false ? false : null },
        JunctionExpression it => Truth(it.Left, point) switch { true => true, false => Truth(it.Right, point), null => Truth(it.Right, point) is true ? true : null },
        _ => throw new ArgumentException($"Expression is a {expression.Kind}, but must be true or false.", nameof(expression)),
    };

    private static bool? Compare(ComparisonExpression it, Assignment point)
    {
        if (it.Left.Kind == ExpressionKind.Word)
        {
            return Word(it.Left, point) is { } word && Word(it.Right, point) is { } other ? word == other == (it.Operation == "==") : null;
        }

        var (left, right) = (Number(it.Left, point), Number(it.Right, point));
        if (double.IsNaN(left) || double.IsNaN(right))
        {
            return null;
        }

        return it.Operation switch
        {
            "==" => left == right,
            "!=" => left != right,
            "<" => left < right,
            "<=" => left <= right,
            ">" => left > right,
            _ => left >= right,
        };
    }

    private static string? Word(Expression expression, Assignment point) => expression is WordExpression word ? word.Value : point[((ParameterExpression)expression).Path]?.ToString();

    /// <summary>The number that an expression gives; NaN also where it depends on a parameter that does not exist at the point.</summary>
    public static double Number(Expression expression, Assignment point) => expression switch
    {
        NumberExpression it => it.Value,
        ParameterExpression it => point[it.Path]?.Number ?? double.NaN,
        ArithmeticExpression it => Calculate(it, point),
        _ => throw new ArgumentException($"Expression is a {expression.Kind}, but must be a number.", nameof(expression)),
    };

    private static double Calculate(ArithmeticExpression it, Assignment point)
    {
        var value = Number(it.Operands[0], point);
        if (it.Operands.Count == 1)
        {
            return it.Operation == "abs" ? Math.Abs(value) : PortableMath.Log2(value);
        }

        for (var index = 1; index < it.Operands.Count; index++)
        {
            var other = Number(it.Operands[index], point);
            value = it.Operation switch
            {
                "+" => value + other,
                "-" => value - other,
                "*" => value * other,
                "/" => value / other,
                "min" => Math.Min(value, other),
                _ => Math.Max(value, other),
            };
        }

        return value;
    }
}
