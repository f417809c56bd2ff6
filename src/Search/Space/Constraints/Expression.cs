namespace ApproxCluster.Search;

/// <summary>What an expression gives.</summary>
internal enum ExpressionKind
{
    /// <summary>Not known: stands for anything.</summary>
    Any,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A word.</summary>
    Word,

    /// <summary>True or false.</summary>
    Truth,
}

/// <summary>A node of a constraint's expression; see <see cref="ExpressionParser"/> for the language.</summary>
/// <param name="Kind">What it gives.</param>
internal abstract record Expression(ExpressionKind Kind);

/// <summary>A number as written.</summary>
internal sealed record NumberExpression(double Value) : Expression(ExpressionKind.Number);

/// <summary>A word in quotes.</summary>
internal sealed record WordExpression(string Value) : Expression(ExpressionKind.Word);

/// <summary>A parameter by its path.</summary>
internal sealed record ParameterExpression(string Path, ExpressionKind Kind) : Expression(Kind);

/// <summary>Whether a parameter exists.</summary>
internal sealed record ExistsExpression(string Path) : Expression(ExpressionKind.Truth);

/// <summary><c>not x</c>.</summary>
internal sealed record NotExpression(Expression Operand) : Expression(ExpressionKind.Truth);

/// <summary>One of + - * / (and - in front of a number, as 0 - x), or min, max, log2, abs.</summary>
internal sealed record ArithmeticExpression(string Operation, IReadOnlyList<Expression> Operands) : Expression(ExpressionKind.Number);

/// <summary>One of == != &lt; &lt;= &gt; &gt;=.</summary>
internal sealed record ComparisonExpression(string Operation, Expression Left, Expression Right) : Expression(ExpressionKind.Truth);

/// <summary><c>and</c> (true) or <c>or</c> (false) of two.</summary>
internal sealed record JunctionExpression(bool IsAnd, Expression Left, Expression Right) : Expression(ExpressionKind.Truth);
