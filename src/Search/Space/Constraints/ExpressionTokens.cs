using System.Globalization;

namespace ApproxCluster.Search;

/// <summary>Kinds of tokens.</summary>
internal enum TokenKind
{
    /// <summary>After the last one.</summary>
    End,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A word in quotes.</summary>
    Word,

    /// <summary>A name: a path, a function, or and, or, not.</summary>
    Name,

    /// <summary>An operator, a parenthesis or a comma.</summary>
    Sign,
}

/// <summary>A token with its place, from 0, in the expression.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Place);

/// <summary>An expression that is at fault. Kept within the reader, which knows the file.</summary>
internal sealed class ExpressionException(int place, string message) : Exception(message)
{
    /// <summary>Where, from 0.</summary>
    public int Place { get; } = place;
}

/// <summary>Cuts an expression into tokens.</summary>
internal static class ExpressionTokens
{
    private static readonly string[] Signs = ["==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "(", ")", ","];

    /// <summary>The tokens, the last of kind End.</summary>
    public static List<Token> Read(string text)
    {
        var tokens = new List<Token>();
        var place = 0;
        while (place < text.Length)
        {
            if (char.IsWhiteSpace(text[place]))
            {
                place++;
                continue;
            }

            var token = Next(text, place);
            tokens.Add(token);
            place += token.Text.Length + (token.Kind == TokenKind.Word ? 2 : 0);
        }

        tokens.Add(new(TokenKind.End, "", text.Length));
        return tokens;
    }

    private static Token Next(string text, int place)
    {
        var letter = text[place];
        if (char.IsAsciiDigit(letter) || (letter == '.' && place + 1 < text.Length && char.IsAsciiDigit(text[place + 1])))
        {
            return Number(text, place);
        }

        if (char.IsAsciiLetter(letter) || letter == '_')
        {
            var end = place;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '_' or '.'))
            {
                end++;
            }

            return new(TokenKind.Name, text[place..end], place);
        }

        if (letter is '\'' or '"')
        {
            var end = text.IndexOf(letter, place + 1);
            return end < 0
                ? throw new ExpressionException(place, $"Word is {Scalars.Shorten(text[place..])}, but must end with the quote it began with. Add {letter}.")
                : new(TokenKind.Word, text[(place + 1)..end], place);
        }

        if (Signs.FirstOrDefault(sign => string.CompareOrdinal(text, place, sign, 0, sign.Length) == 0) is { } found)
        {
            return new(TokenKind.Sign, found, place);
        }

        throw new ExpressionException(place, $"Sign is '{letter}', but must be one of {string.Join(' ', Signs)}. {Advice(letter)}");
    }

    private static Token Number(string text, int place)
    {
        var end = place;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '.' or '_' || (text[end] is '+' or '-' && text[end - 1] is 'e' or 'E')))
        {
            end++;
        }

        var number = text[place..end];
        return double.TryParse(number, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? new(TokenKind.Number, number, place)
            : throw new ExpressionException(place, $"Number is '{Scalars.Shorten(number)}', but must be a finite decimal number such as 64, 0.1 or 1e-3. Rewrite it.");
    }

    private static string Advice(char letter) => letter switch
    {
        '=' => "Write == for equal.",
        '&' => "Write and.",
        '|' => "Write or.",
        '!' => "Write not, or != for unequal.",
        '^' => "Write a product, or compare log2 of both sides.",
        _ => "Delete it.",
    };
}
