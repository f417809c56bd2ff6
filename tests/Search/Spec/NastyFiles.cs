using System.Text;
using ApproxCluster.Trainer;

namespace ApproxCluster.Search.Tests;

/// <summary>Spoils sound sweep files at random: cuts, copies, splices, odd characters, odd values.</summary>
internal sealed class NastyFiles(ulong seed, IReadOnlyList<string> sound)
{
    private static readonly string[] Pieces =
    [
        "\0", "\t", "\r", "\r\n", "\n", "\u0085", "\u2028", "\uFEFF", "\uD800", "\uDC00", "\u001b[31m", "\U0001F600", " ", "  ", "'", "\"", "\\", "\\x", "`",
        "%", "@", "|", ">", "|-\n", ">+9\n", "!", "!!int", "!x ", "! ", "&a", "&a ", "*a", "*a ", "<<: *a", "- ", "? ", "?", ": ", ":", ",", "#", " #", "{", "}", "[", "]", "[]", "{}",
        "---", "---\n", "...\n", "%YAML 1.1\n---\n", "%TAG ! x\n", "~", "null", "true", "yes", "0", "-0", "00", "1", "-1", "0.0", ".5", "5.", "1e", "1e3", "1e-400", "1e400", "4.9e-324",
        "1.7976931348623157e308", "-1.7976931348623157e308", "9007199254740993", "9223372036854775807", "-9223372036854775808", "9223372036854775808",
        "18446744073709551615", "18446744073709551616", "2147483647", "2147483648", "nan", ".nan", ".inf", "-.inf", "NaN", "Infinity", "∞", "0x10", "0b1", "1_000", "1,5", "٣",
        "target", "kind", "curve", "image", "csv", "digits", "idx", "mandelbrot", "space", "choice", "int", "float", "log", "step", "widths", "width", "depth", "learning_rate",
        "encoding", "fourier1d", "order", "optimizer", "pruner", "asha", "sampler", "grid", "sobol", "trials", "epochs", "seed", "objective", "maximize", "minimize",
        "choice: [", "int: [1, 9223372036854775807]", "float: [-1.7e308, 1.7e308]", "step: 1e-300", "log: true", "widths: [64, 64]", "widths: []", "size: 28", "downsample: 64",
        "{kind: csv, file: x, target: 'a,,b'}", "{kind: idx, train_images: a, train_labels: b, test_images: c}", "x_min: 4", "validation_fraction: 1", "columns: [a, [b]]",
        "where", "forbid", "first", "from", "repeats", "ordinal", "and", "or", "not", "exists", "log2(", "min(", "(", "((((((((", ")", "<", "<=", "==", "'adam'", "width <", "1 / 0", "optimizer.sgd.momentum",
    ];

    private Philox random = new(seed);

    /// <summary>A file, spoilt in one to eight places.</summary>
    public string Next()
    {
        var text = Any(sound);
        for (var changes = 1 + random.NextBelow(8); changes > 0; changes--)
        {
            text = Change(text);
        }

        return text;
    }

    private string Change(string text)
    {
        var (place, end) = Part(text);
        var (before, part, after) = (text[..place], text[place..end], text[end..]);
        return random.NextBelow(14) switch
        {
            0 => before,
            1 => after,
            2 => before + after,
            3 => before + part + part + after,
            4 => before + Any(Pieces) + after,
            5 => before + (char)random.NextBelow(0x180) + text[place..],
            6 => before + Any(Pieces) + text[place..],
            7 => Word(text, Any(Pieces)),
            8 => Word(text, Any(Pieces) + " " + Any(Pieces)),
            9 => Lines(text, lines => lines.Insert(At(lines.Count + 1), lines[At(lines.Count)])),
            10 => Lines(text, lines => lines.RemoveAt(At(lines.Count))),
            11 => Lines(text, lines => lines[At(lines.Count)] = Any(["  ", " ", "\t", "- ", "    "]) + lines[At(lines.Count)]),
            12 => before + Piece(Any(sound)) + after,
            _ => before + string.Concat(Enumerable.Repeat(Any(["[", "{a: ", "x", "9", "- ", "\"", "*a ", "&a ", "? ", "{choice: [", "a: &a [*a,"]), 1 << At(10))) + text[place..],
        };
    }

    private (int Place, int End) Part(string text)
    {
        var place = At(text.Length + 1);
        return (place, place + At(Math.Min(text.Length - place, 40) + 1));
    }

    private string Piece(string text)
    {
        var (place, end) = Part(text);
        return text[place..end];
    }

    /// <summary>Replaces one word or number.</summary>
    private string Word(string text, string other)
    {
        bool IsLetter(int index) => index >= 0 && index < text.Length && (char.IsLetterOrDigit(text[index]) || text[index] is '_' or '.' or '-');

        var start = At(text.Length + 1);
        while (start < text.Length && !IsLetter(start))
        {
            start++;
        }

        while (IsLetter(start - 1))
        {
            start--;
        }

        var end = start;
        while (IsLetter(end))
        {
            end++;
        }

        return new StringBuilder(text).Remove(start, end - start).Insert(start, other).ToString();
    }

    private static string Lines(string text, Action<List<string>> change)
    {
        var lines = text.Split('\n').ToList();
        change(lines);
        return string.Join('\n', lines);
    }

    private int At(int count) => count <= 1 ? 0 : (int)random.NextBelow((uint)count);

    private string Any(IReadOnlyList<string> values) => values[At(values.Count)];
}
