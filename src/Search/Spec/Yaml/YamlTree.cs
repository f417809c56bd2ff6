using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ApproxCluster.Search;

/// <summary>
/// Reads one YAML 1.2 document into nodes that keep their places and duplicate keys. An alias stands for the node of its anchor, faults and all.
/// Length, depth and number of nodes (aliases expanded) are limited, so no file can ask for more memory or time than a large sweep needs.
/// </summary>
internal sealed class YamlTree
{
    public const int MaximumLength = 1 << 20;
    public const int MaximumDepth = 32;
    public const int MaximumNodes = 100_000;

    private const char ByteOrderMark = '\uFEFF';

    private readonly Parser parser;
    private readonly Dictionary<string, (YamlNode Node, int Nodes)> anchors = new(StringComparer.Ordinal);
    private int nodes;

    private YamlTree(string text) => parser = new Parser(new StringReader(text.TrimStart(ByteOrderMark)));

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
        Count(1, place);
        if (depth > MaximumDepth)
        {
            throw new YamlFault(place, $"Nesting is deeper than {MaximumDepth} levels, but must not be. Flatten the file.");
        }

        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            return Aliased(alias);
        }

        var (anchor, tag) = ((NodeEvent)parser.Current).Anchor is { IsEmpty: false } name
            ? (name.Value, ((NodeEvent)parser.Current).Tag)
            : (null, ((NodeEvent)parser.Current).Tag);
        if (!tag.IsEmpty && !tag.IsNonSpecific)
        {
            throw new YamlFault(place, $"Tag {tag.Value} is given, but must be left out: the format knows its types. Delete it.");
        }

        var before = nodes;
        var node = Untagged(place, depth);
        if (anchor is not null)
        {
            anchors[anchor] = (node, nodes - before + 1);
        }

        return node;
    }

    private YamlNode Untagged(Mark place, int depth)
    {
        var (line, column) = ((int)place.Line, (int)place.Column);
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return new YamlScalar(line, column, scalar.Value, scalar.Style is not ScalarStyle.Plain);
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

    private YamlNode Aliased(AnchorAlias alias)
    {
        if (!anchors.TryGetValue(alias.Value.Value, out var anchored))
        {
            throw new YamlFault(alias.Start, $"Alias *{alias.Value.Value} has no anchor before it, but must have one. Define &{alias.Value.Value} above, or write the value out.");
        }

        Count(anchored.Nodes, alias.Start);
        return anchored.Node;
    }

    private void Count(int more, Mark place)
    {
        nodes += more;
        if (nodes > MaximumNodes)
        {
            throw new YamlFault(place, FormattableString.Invariant(
                $"File has more than {MaximumNodes} values, aliases expanded, but must have fewer. Shorten it, for example with a range instead of a choice."));
        }
    }
}
