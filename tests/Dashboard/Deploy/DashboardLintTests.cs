using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace ApproxCluster.Dashboard.Tests;

/// <summary>The rules of Grafana's dashboard linter and some of our own, over every dashboard that is shipped.</summary>
public partial class DashboardLintTests
{
    // What others expose: the runtime's meter as its documentation names it, and Prometheus itself.
    private static readonly string[] Foreign =
        ["up", "target_info", "dotnet_process_cpu_time_seconds_total", "dotnet_process_memory_working_set_bytes", "dotnet_gc_pause_time_seconds_total"];

    private static readonly string[] Units = ["none", "short", "percentunit", "s", "flops", "bytes"];

    public static TheoryData<string> Files => [.. Boards.Files];

    [Theory]
    [MemberData(nameof(Files))]
    public void Board_AsShipped_BreaksNoRule(string file) => Assert.Empty(Lint(Boards.Read(file)));

    [Fact]
    public void Boards_Together_HaveUniqueIdentities()
    {
        var uids = Boards.Files.Select(file => (string?)Boards.Read(file)["uid"]).ToList();

        Assert.Equal(["approx-cluster", "approx-sweep"], uids.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("$.id", "7", "id is not null")]
    [InlineData("$.schemaVersion", "42", "schemaVersion")]
    [InlineData("$.editable", "true", "editable")]
    [InlineData("panels.0.id", "2", "id 2 twice")]
    [InlineData("panels.0.gridPos.w", "30", "outside")]
    [InlineData("panels.1.gridPos.x", "0", "overlap")]
    [InlineData("panels.0.title", "\"\"", "no title")]
    [InlineData("panels.0.description", "\"\"", "no description")]
    [InlineData("panels.4.fieldConfig.defaults.unit", "\"percentUnit\"", "unit percentUnit")]
    [InlineData("panels.0.datasource.uid", "\"prom\"", "datasource")]
    [InlineData("panels.0.targets.0.datasource.uid", "\"prom\"", "datasource")]
    [InlineData("panels.0.targets", "[]", "no target")]
    [InlineData("panels.0.targets.0.expr", "\"approx_sweep_statuses\"", "approx_sweep_statuses is not in the catalogue")]
    [InlineData("panels.0.targets.0.expr", "\"max(approx_epochs_total)\"", "approx_epochs_total without rate")]
    [InlineData("panels.0.targets.0.expr", "\"rate(approx_epochs_total[1m])\"", "$__rate_interval")]
    [InlineData("panels.0.targets.0.expr", "\"max(approx_slots_busy{job=\\\"$jobs\\\"})\"", "variable jobs")]
    [InlineData("templating.list.1.refresh", "1", "refresh")]
    [InlineData("templating.list.0.name", "\"source\"", "datasource variable")]
    public void Lint_RuleBroken_IsFound(string path, string value, string fault)
    {
        var board = Boards.Read("sweep.json");
        var node = board;
        var steps = path.Replace("$.", "", StringComparison.Ordinal).Split('.');
        foreach (var step in steps[..^1])
        {
            node = int.TryParse(step, out var index) ? node![index] : node![step];
        }

        if (int.TryParse(steps[^1], out var last))
        {
            node![last] = JsonNode.Parse(value);
        }
        else
        {
            node![steps[^1]] = JsonNode.Parse(value);
        }

        Assert.Contains(Lint(board), found => found.Contains(fault, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("max by (a_b) (approx_x{c=\"approx_no\"}) * on (d) group_left (e) sum(rate(approx_y_total[5m]))", "approx_x,approx_y_total")]
    [InlineData("count(max by (sweep_id) (a == 1)) or vector(0)", "a")]
    [InlineData("a:b:c / inf", "a:b:c")]
    public void Metrics_Expression_AreItsMetricNames(string expression, string names) => Assert.Equal(names.Split(','), Boards.Metrics(expression));

    private static List<string> Lint(JsonNode board)
    {
        var faults = new List<string>();
        var variables = Boards.Variables(board);
        Expect(board["id"] is null, "id is not null");
        Expect((int?)board["schemaVersion"] == 41, "schemaVersion is not 41");
        Expect((bool?)board["editable"] == false, "editable is not false");
        Expect((int?)board["graphTooltip"] == 1, "graphTooltip is not 1");
        Expect(board["__inputs"] is null, "__inputs");
        Expect(variables.Values.Count(variable => (string?)variable["type"] == "datasource") == 1 && variables.ContainsKey("datasource"), "not one datasource variable of that name");
        foreach (var variable in variables.Values.Where(variable => (string?)variable["type"] == "query"))
        {
            Expect((int?)variable["refresh"] == 2, $"refresh of {variable["name"]} is not 2");
            Expect(((string)variable["query"]!["query"]!).StartsWith("label_values(", StringComparison.Ordinal), $"{variable["name"]} is no label_values");
        }

        foreach (var duplicate in board["panels"]!.AsArray().GroupBy(panel => (int)panel!["id"]!).Where(group => group.Count() > 1))
        {
            faults.Add($"id {duplicate.Key} twice");
        }

        Grid(board, faults);
        var excused = Excused((string)board["title"]!);
        Expect(excused.Contains("template-job-rule") || (variables.ContainsKey("job") && variables.ContainsKey("instance")), "no job or instance variable");
        foreach (var panel in Boards.Panels(board))
        {
            Panel(panel, variables, excused, faults);
        }

        return faults;

        void Expect(bool holds, string fault)
        {
            if (!holds)
            {
                faults.Add(fault);
            }
        }
    }

    private static void Panel(JsonNode panel, IReadOnlyDictionary<string, JsonNode> variables, HashSet<string> excused, List<string> faults)
    {
        var title = (string?)panel["title"];
        Expect(!string.IsNullOrEmpty(title), "no title");
        Expect(!string.IsNullOrEmpty((string?)panel["description"]), "no description");
        Expect((string?)panel["datasource"]!["uid"] == "${datasource}", "datasource is not the variable");
        var unit = (string?)panel["fieldConfig"]!["defaults"]!["unit"];
        Expect(Units.Contains(unit), $"unit {unit} is not known");
        Expect(Boards.Targets(panel).Any(), "no target");
        Expect(Boards.Targets(panel).Select(target => (string?)target["refId"]).Distinct().Count() == Boards.Targets(panel).Count(), "refId twice");
        foreach (var target in Boards.Targets(panel))
        {
            var expression = (string)target["expr"]!;
            Expect((string?)target["datasource"]!["uid"] == "${datasource}", "datasource of a target is not the variable");
            foreach (Match variable in VariableName().Matches(expression))
            {
                var name = variable.Groups[1].Value;
                Expect(name.StartsWith("__", StringComparison.Ordinal) || variables.ContainsKey(name), $"variable {name} does not exist");
            }

            foreach (var metric in Boards.Metrics(expression))
            {
                Expect(Foreign.Contains(metric) || Exposed().Contains(metric), $"{metric} is not in the catalogue");
            }

            foreach (Match counter in BareCounter().Matches(expression))
            {
                faults.Add($"{title}: {counter.Value} without rate or increase");
            }

            Expect(RateRange().Matches(expression).All(range => range.Groups[1].Value == "$__rate_interval"), "rate over another range than $__rate_interval");
            foreach (Match selector in Selector().Matches(expression))
            {
                Expect(excused.Contains("target-job-rule") || selector.Value.Contains("job=~\"$job\", instance=~\"$instance\"", StringComparison.Ordinal), $"{selector.Value} does not select job and instance");
            }
        }

        void Expect(bool holds, string fault)
        {
            if (!holds)
            {
                faults.Add($"{title}: {fault}");
            }
        }
    }

    private static void Grid(JsonNode board, List<string> faults)
    {
        var taken = new HashSet<(int, int)>();
        foreach (var panel in board["panels"]!.AsArray())
        {
            var (x, y, w, h) = ((int)panel!["gridPos"]!["x"]!, (int)panel["gridPos"]!["y"]!, (int)panel["gridPos"]!["w"]!, (int)panel["gridPos"]!["h"]!);
            if (x < 0 || w < 1 || h < 1 || x + w > 24)
            {
                faults.Add($"{panel["title"]} lies outside the grid");
            }

            var free = true;
            for (var cell = 0; cell < w * h; cell++)
            {
                free &= taken.Add((x + cell % w, y + cell / w));
            }

            if (!free)
            {
                faults.Add($"{panel["title"]} overlaps another panel");
            }
        }
    }

    private static HashSet<string> Exposed() =>
        [.. Catalogue.All.SelectMany(spec => spec.Kind == FamilyKind.Histogram ? (string[])[spec.Exposed + "_bucket", spec.Exposed + "_sum", spec.Exposed + "_count"] : [spec.Exposed])];

    private static HashSet<string> Excused(string board)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Repository.Read("deploy", "grafana", "dashboards", ".lint")));
        var rules = (YamlMappingNode)yaml.Documents[0].RootNode["exclusions"];
        Assert.All(rules.Children.Values, rule => Assert.NotEmpty(rule["reason"].ToString()));
        return [.. rules.Children.Where(rule => ((YamlSequenceNode)rule.Value["entries"]).Any(entry => entry["dashboard"].ToString() == board)).Select(rule => rule.Key.ToString())];
    }

    [GeneratedRegex(@"\$\{?([a-zA-Z_]+)\}?")]
    private static partial Regex VariableName();

    [GeneratedRegex(@"(?<!(rate|irate|increase)\()\bapprox_\w+_total\b")]
    private static partial Regex BareCounter();

    [GeneratedRegex(@"\bi?rate\([^\[\]]*\[([^\]]*)\]")]
    private static partial Regex RateRange();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Selector();
}
