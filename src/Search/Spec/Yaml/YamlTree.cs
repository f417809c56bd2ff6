using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ApproxCluster.Search;

/// <summary>
/// Reads one YAML 1.2 document into nodes that keep their places and duplicate keys. An alias stands for the node of its anchor, faults and all.
/// Length, depth, and number and length of values (aliases expanded) are limited, so no file can ask for more memory or time than a large sweep needs.
/// </summary>
internal sealed class YamlTree
{
    public const int MaximumLength = 1 << 20;
    public const int MaximumDepth = 32;
    public const int MaximumNodes = 100_000;

    private const char ByteOrderMark = '\uFEFF';

    private readonly YamlEvents parser;
    private readonly Dictionary<string, (YamlNode Node, Size Size)> anchors = new(StringComparer.Ordinal);
    private Size size;

    private YamlTree(string text) => parser = new YamlEvents(text.TrimStart(ByteOrderMark));

    /// <summary>The root node; null for an empty file. Throws <see cref="YamlFault"/>.</summary>
    public static YamlNode? Read(string text)
    {
        if (text.Length > MaximumLength)
        {
            throw new YamlFault(1, 1, FormattableString.Invariant(
                $"File is {text.Length} characters long, but must be at most {MaximumLength}. Split the sweep."));
        }

        try
        {
            return new YamlTree(text).Document();
        }
        catch (YamlException error)
        {
            throw YamlFault.From(error, text);
        }
    }

    private YamlNode? Document()
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
        {
            return null;
        }

        parser.Consume<DocumentStart>();
        var root = Node(0);
        parser.Consume<DocumentEnd>();
        if (parser.Accept<DocumentStart>(out var second))
        {
            throw new YamlFault(second.Start, "File holds a second document, but must hold one sweep. Put it into a file of its own.");
        }

        return root;
    }

    private YamlNode Node(int depth)
    {
        var place = parser.Current!.Start;
        Count(new Size(1, (parser.Current as Scalar)?.Value.Length ?? 0), place);
        if (depth > MaximumDepth)
        {
            throw new YamlFault(place, $"Nesting is deeper than {MaximumDepth} levels, but must not be. Flatten the file.");
        }

        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            return Aliased(alias);
        }

        if (parser.Current is not NodeEvent begin)
        {
            throw new YamlFault(place, "Value is missing, but must stand here. Write 'name: value'.");
        }

        if (!begin.Tag.IsEmpty && !begin.Tag.IsNonSpecific)
        {
            throw new YamlFault(place, $"Tag {Scalars.Shorten(begin.Tag.Value)} is given, but must be left out: the format knows its types. Delete it.");
        }

        var before = size;
        var node = Untagged(place, depth);
        if (!begin.Anchor.IsEmpty)
        {
            anchors[begin.Anchor.Value] = (node, new Size(size.Nodes - before.Nodes + 1, size.Letters - before.Letters + ((node as YamlScalar)?.Text.Length ?? 0)));
        }

        return node;
    }

    private YamlNode Untagged(Mark place, int depth)
    {
        var (line, column) = ((int)place.Line, (int)place.Column);
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            if (Unprintable(scalar.Value) is { } letter)
            {
                throw new YamlFault(place, FormattableString.Invariant($"Text has the character U+{(int)letter:X4} in it, but must have none that cannot be printed. Delete it."));
            }

            var quotes = scalar.Style switch { ScalarStyle.Plain => 0, ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted => 1, _ => -1 };
            var isVerbatim = quotes >= 0 && scalar.Start.Line == scalar.End.Line && scalar.End.Column - scalar.Start.Column == scalar.Value.Length + 2 * quotes;
            return new YamlScalar(line, column, scalar.Value, scalar.Style is not ScalarStyle.Plain) { Indent = isVerbatim ? quotes : null };
        }

        if (parser.TryConsume<SequenceStart>(out _))
        {
            var items = new List<YamlNode>();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                items.Add(Node(depth + 1));
            }

            return new YamlList(line, column, items);
        }

        parser.Consume<MappingStart>();
        var entries = new List<YamlEntry>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var start = parser.Current!.Start;
            if (Node(depth + 1) is not YamlScalar key)
            {
                throw new YamlFault(start, "Key is a list or a mapping, but must be a word. Write 'name: value'.");
            }

            entries.Add(new YamlEntry(key, Node(depth + 1)));
        }

        return new YamlMap(line, column, entries);
    }

    /// <summary>The first control character (but for tabs and line ends) or half of a surrogate pair.</summary>
    private static char? Unprintable(string text)
    {
        for (var place = 0; place < text.Length; place++)
        {
            if (char.IsSurrogatePair(text, place))
            {
                place++;
            }
            else if (char.IsSurrogate(text[place]) || (char.IsControl(text[place]) && text[place] is not ('\t' or '\n')))
            {
                return text[place];
            }
        }

        return null;
    }

    private YamlNode Aliased(AnchorAlias alias)
    {
        if (!anchors.TryGetValue(alias.Value.Value, out var anchored))
        {
            var name = Scalars.Shorten(alias.Value.Value);
            throw new YamlFault(alias.Start, $"Alias *{name} has no anchor before it, but must have one. Define &{name} above, or write the value out.");
        }

        Count(anchored.Size, alias.Start);
        return anchored.Node;
    }

    private void Count(Size more, Mark place)
    {
        size = new Size(size.Nodes + more.Nodes, size.Letters + more.Letters);
        if (size.Nodes > MaximumNodes)
        {
            throw new YamlFault(place, FormattableString.Invariant(
                $"File has more than {MaximumNodes} values, aliases expanded, but must have fewer. Shorten it, for example with a range instead of a choice."));
        }

        if (size.Letters > MaximumLength)
        {
            throw new YamlFault(place, FormattableString.Invariant(
                $"File has values of more than {MaximumLength} characters, aliases expanded, but must have shorter ones. Shorten the value of the anchor."));
        }
    }

    /// <summary>Values and their characters, aliases expanded.</summary>
    private readonly record struct Size(int Nodes, int Letters);
}
