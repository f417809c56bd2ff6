using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ApproxCluster.Search;

/// <summary>
/// The events of a YAML text. On some texts that are no YAML the library's scanner gives up with exceptions that are not its own
/// (<c>"a\nb: 1\na\nb: 1"</c>, <c>"...\na|b"</c>); they become <see cref="YamlException"/>s at the place it had reached.
/// </summary>
internal sealed class YamlEvents : IParser
{
    private readonly Scanner scanner;
    private readonly Parser parser;

    public YamlEvents(string text)
    {
        scanner = new Scanner(new StringReader(text));
        parser = new Parser(scanner);
    }

    /// <inheritdoc />
    public ParsingEvent? Current => parser.Current;

    /// <inheritdoc />
    public bool MoveNext()
    {
        try
        {
            return parser.MoveNext();
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or IndexOutOfRangeException or InvalidCastException or NullReferenceException or FormatException)
        {
            var place = scanner.CurrentPosition;
            throw new YamlException(place, place, "this ends the scanner", error);
        }
    }
}
