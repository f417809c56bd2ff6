using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ApproxCluster.Dashboard.Tests;

/// <summary>The dashboards that are shipped.</summary>
internal static partial class Boards
{
    public static IReadOnlyList<string> Files { get; } =
        [.. Directory.GetFiles(Repository.PathOf("deploy", "grafana", "dashboards"), "*.json").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    public static JsonNode Read(string file) => JsonNode.Parse(Repository.Read("deploy", "grafana", "dashboards", file))!;

    /// <summary>Panels that show something, rows left out.</summary>
    public static IEnumerable<JsonNode> Panels(JsonNode board) =>
        board["panels"]!.AsArray().Select(panel => panel!).Where(panel => (string?)panel["type"] != "row");

    /// <summary>Queries of a panel.</summary>
    public static IEnumerable<JsonNode> Targets(JsonNode panel) => panel["targets"]!.AsArray().Select(target => target!);

    /// <summary>Variables by name.</summary>
    public static IReadOnlyDictionary<string, JsonNode> Variables(JsonNode board) =>
        board["templating"]!["list"]!.AsArray().ToDictionary(variable => (string)variable!["name"]!, variable => variable!);

    /// <summary>Names of metrics in a query: words that are no function, keyword, label or string.</summary>
    public static IReadOnlyList<string> Metrics(string expression)
    {
        var bare = Strings().Replace(expression, "\"\"");
        bare = Selectors().Replace(bare, "");
        bare = Ranges().Replace(bare, "");
        bare = Groupings().Replace(bare, " ");
        return [.. Names().Matches(bare).Select(match => match.Value).Where(name => !Keywords.Contains(name)).Distinct()];
    }

    private static readonly HashSet<string> Keywords = ["and", "or", "unless", "bool", "offset", "inf", "nan", "sum", "max", "min", "count", "avg", "topk", "bottomk"];

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Strings();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Selectors();

    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex Ranges();

    [GeneratedRegex(@"\b(by|without|on|ignoring|group_left|group_right)\s*(\([^)]*\))?")]
    private static partial Regex Groupings();

    [GeneratedRegex(@"(?<![\w$:.])[a-zA-Z_:][\w:]*(?!\s*\()(?![\w:])")]
    private static partial Regex Names();
}
