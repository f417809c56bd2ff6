using System.Globalization;

namespace ApproxCluster.Search;

/// <summary>
/// Parses the expressions of <c>where</c>: numbers, 'words', parameters by path, + - * / and parentheses, min(a, b, ...), max(a, b, ...), log2(a), abs(a), comparisons
/// == != &lt; &lt;= &gt; &gt;= (words: == and !=), not, and, or, exists(path). From the loosest: or, and, not, comparison, + -, * /, - in front. It only computes: nothing can be
/// called, assigned or repeated.
/// </summary>
internal sealed class ExpressionParser
{
    /// <summary>Most characters of an expression.</summary>
    public const int MaximumLength = 1000;

    private const int MaximumDepth = 50;

    private static readonly string[] Comparisons = ["==", "!=", "<", "<=", ">", ">="];
    private static readonly Dictionary<string, (int Least, int Most)> Functions =
        new(StringComparer.Ordinal) { ["min"] = (2, 16), ["max"] = (2, 16), ["log2"] = (1, 1), ["abs"] = (1, 1) };

    private readonly ExpressionNames names;
    private readonly List<Token> tokens;
    private int next;
    private int depth;

    private ExpressionParser(string text, ExpressionNames names) => (tokens, this.names) = (ExpressionTokens.Read(text), names);

    private Token Peek => tokens[next];

    /// <summary>An expression that is true or false. Throws <see cref="ExpressionException"/>.</summary>
    public static Expression Parse(string text, ExpressionNames names) => Parse(text, names, ExpressionKind.Truth, "a comparison");

    /// <summary>An expression that is a number. Throws <see cref="ExpressionException"/>.</summary>
    public static Expression ParseNumber(string text, ExpressionNames names) => Parse(text, names, ExpressionKind.Number, "a number");

    private static Expression Parse(string text, ExpressionNames names, ExpressionKind kind, string rule)
    {
        if (text.Length > MaximumLength)
        {
            throw new ExpressionException(0, FormattableString.Invariant($"Expression has {text.Length} characters, but must have at most {MaximumLength}. Write several."));
        }

        var parser = new ExpressionParser(text, names);
        var expression = parser.Either();
        if (parser.Peek.Kind != TokenKind.End)
        {
            throw Wrong(parser.Peek, "the end, an operator, and or or", Comparisons.Contains(parser.Peek.Text) ? "Write 'a < b and b < c' for a chain." : "Delete it.");
        }

        return Require(expression, kind, parser.tokens[0], rule);
    }

    private Expression Either()
    {
        if (++depth > MaximumDepth)
        {
            throw new ExpressionException(Peek.Place, FormattableString.Invariant($"Parentheses are nested deeper than {MaximumDepth}, but must not be. Write several expressions."));
        }

        var left = Both();
        while (Take("or") is { } at)
        {
            left = new JunctionExpression(false, Truth(left, at), Truth(Both(), at));
        }

        depth--;
        return left;
    }

    private Expression Both()
    {
        var left = Negated();
        while (Take("and") is { } at)
        {
            left = new JunctionExpression(true, Truth(left, at), Truth(Negated(), at));
        }

        return left;
    }

    private Expression Negated()
    {
        var count = 0;
        Token? last = null;
        while (Take("not") is { } at)
        {
            (count, last) = (count + 1, at);
        }

        var operand = Comparison();
        return last is not { } token ? operand : count % 2 == 1 ? new NotExpression(Truth(operand, token)) : Truth(operand, token);
    }

    private Expression Comparison()
    {
        var first = Peek;
        var left = Sum();
        if (Peek.Kind != TokenKind.Sign || !Comparisons.Contains(Peek.Text))
        {
            return left;
        }

        var operation = tokens[next++];
        var second = Peek;
        var right = Sum();
        if (operation.Text is not ("==" or "!="))
        {
            return new ComparisonExpression(operation.Text, Require(left, ExpressionKind.Number, first, "a number"), Require(right, ExpressionKind.Number, second, "a number"));
        }

        if (left.Kind == ExpressionKind.Truth || right.Kind == ExpressionKind.Truth)
        {
            throw Wrong(operation, "and, or or not between comparisons", "Compare numbers or words.");
        }

        if (left.Kind != ExpressionKind.Any)
        {
            Require(right, left.Kind, second, left.Kind == ExpressionKind.Word ? "a word, as the other side is" : "a number, as the other side is");
        }

        names.CheckWord(left, right, first, second);
        return new ComparisonExpression(operation.Text, left, right);
    }

    private Expression Sum() => Chain(Product, "+", "-");

    private Expression Product() => Chain(Signed, "*", "/");

    private Expression Chain(Func<Expression> part, string one, string other)
    {
        var first = Peek;
        var left = part();
        while (Peek.Kind == TokenKind.Sign && (Peek.Text == one || Peek.Text == other))
        {
            var operation = tokens[next++];
            var second = Peek;
            left = new ArithmeticExpression(operation.Text, [Require(left, ExpressionKind.Number, first, "a number"), Require(part(), ExpressionKind.Number, second, "a number")]);
        }

        return left;
    }

    private Expression Signed()
    {
        var negative = false;
        var first = Peek;
        while (Peek is { Kind: TokenKind.Sign, Text: "-" })
        {
            (negative, next) = (!negative, next + 1);
        }

        var operand = Primary();
        return first is not { Kind: TokenKind.Sign, Text: "-" } ? operand
            : Require(operand, ExpressionKind.Number, first, "a number") is NumberExpression number ? number with { Value = negative ? -number.Value : number.Value }
            : negative ? new ArithmeticExpression("-", [new NumberExpression(0), operand])
            : operand;
    }

    private Expression Primary()
    {
        var token = tokens[next];
        if (token.Kind == TokenKind.End || token is { Kind: TokenKind.Sign, Text: not "(" } or { Kind: TokenKind.Name, Text: "and" or "or" or "not" })
        {
            throw Wrong(token, "a number, a 'word', a parameter, a function or (", "Complete the expression.");
        }

        next++;
        switch (token.Kind)
        {
            case TokenKind.Number:
                return new NumberExpression(double.Parse(token.Text, CultureInfo.InvariantCulture));
            case TokenKind.Word:
                return new WordExpression(token.Text);
            case TokenKind.Sign:
                var inner = Either();
                Expect(")");
                return inner;
            default:
                return Peek is { Kind: TokenKind.Sign, Text: "(" } ? Call(token) : names.Parameter(token);
        }
    }

    private Expression Call(Token name)
    {
        if (name.Text == "exists")
        {
            next++;
            var path = tokens[next];
            if (path.Kind != TokenKind.Name)
            {
                throw Wrong(path, "the path of a parameter", "Write exists(optimizer.sgd.momentum).");
            }

            next++;
            var parameter = names.Parameter(path);
            Expect(")");
            return new ExistsExpression(parameter.Path);
        }

        if (!Functions.TryGetValue(name.Text, out var count))
        {
            var known = Functions.Keys.Append("exists").ToList();
            var advice = Spelling.Nearest(name.Text, known) is { } nearest ? $"Did you mean '{nearest}'?" : "Use one of them.";
            throw Wrong(name, $"a function, one of {string.Join(", ", known)}", advice);
        }

        next++;
        var operands = new List<Expression>();
        do
        {
            var first = Peek;
            operands.Add(Require(Sum(), ExpressionKind.Number, first, "a number"));
        }
        while (Take(",") is not null);
        Expect(")");
        return operands.Count >= count.Least && operands.Count <= count.Most
            ? new ArithmeticExpression(name.Text, operands)
            : throw new ExpressionException(name.Place, FormattableString.Invariant(
                $"{name.Text} has {operands.Count} arguments, but must have {(count.Least == count.Most ? $"{count.Least}" : $"{count.Least} to {count.Most}")}. Change them."));
    }

    private Token? Take(string text) => Peek.Kind is TokenKind.Name or TokenKind.Sign && Peek.Text == text ? tokens[next++] : null;

    private void Expect(string sign)
    {
        if (Take(sign) is null)
        {
            throw Wrong(Peek, $"'{sign}' or an operator", $"Add '{sign}'.");
        }
    }

    private static Expression Truth(Expression expression, Token at) => Require(expression, ExpressionKind.Truth, at, "comparisons on its sides");

    private static Expression Require(Expression expression, ExpressionKind kind, Token at, string rule) =>
        expression.Kind == kind || expression.Kind == ExpressionKind.Any
            ? expression
            : throw Wrong(at, rule, kind == ExpressionKind.Truth ? "Compare it with something." : $"It gives a {(expression.Kind == ExpressionKind.Truth ? "truth" : expression.Kind == ExpressionKind.Word ? "word" : "number")}; compare like with like.");

    private static ExpressionException Wrong(Token token, string rule, string advice) =>
        new(token.Place, $"{(token.Kind == TokenKind.End ? "Expression ends here" : $"Token is '{Scalars.Shorten(token.Text)}'")}, but must be {rule}. {advice}");
}
