using YamlDotNet.Core;

namespace ApproxCluster.Search;

/// <summary>Text that is no YAML document of ours: nothing more of the file can be checked.</summary>
internal sealed class YamlFault(int line, int column, string message) : Exception(message)
{
    public YamlFault(Mark place, string message)
        : this((int)place.Line, (int)place.Column, message)
    {
    }

    /// <summary>1-based line.</summary>
    public int Line { get; } = line;

    /// <summary>1-based column.</summary>
    public int Column { get; } = column;

    /// <summary>The parser's complaint in our words.</summary>
    public static YamlFault From(YamlException error, string text)
    {
        var lines = text.Split('\n');
        var (line, column) = ((int)error.Start.Line, (int)error.Start.Column);
        var last = Math.Min(lines.Length, (int)error.End.Line + 1);
        for (var number = Math.Max(1, line - 1); number <= last; number++)
        {
            if (IsIndentedWithTab(lines[number - 1]))
            {
                return new YamlFault(number, 1, "Line is indented with a tab, but must be indented with spaces. Replace the tab.");
            }
        }

        if (line > lines.Length)
        {
            (line, column) = (lines.Length, lines[^1].Length + 1);
        }

        var complaint = new string([.. error.Message.TrimEnd('.').ReplaceLineEndings(" ").Where(letter => !char.IsControl(letter) && !char.IsSurrogate(letter))]);
        return new YamlFault(line, column, $"Text is not valid YAML here: {complaint}. Check indentation, colons, brackets and quotes from the line above on.");
    }

    private static bool IsIndentedWithTab(string line) => line[..(line.Length - line.TrimStart().Length)].Contains('\t');
}
