using System.Text.Json;

namespace ApproxCluster.Search.Tests;

/// <summary>
/// Replays a journal as Optuna's <c>JournalStorageReplayResult</c> does (optuna/storages/journal/_storage.py of 4.x and 5.0), but stricter: what Optuna skips, such as an
/// operation on a trial that has ended, and what its distributions refuse, is a failure here.
/// </summary>
internal sealed class OptunaReplay
{
    private readonly Dictionary<string, string> distributions = new(StringComparer.Ordinal);

    public OptunaReplay(string log)
    {
        Assert.EndsWith("\n", log, StringComparison.Ordinal);
        foreach (var line in log.Split('\n')[..^1])
        {
            using var json = JsonDocument.Parse(line);
            Assert.NotEmpty(json.RootElement.GetProperty("worker_id").GetString()!);
            Apply(json.RootElement.GetProperty("op_code").GetInt32(), json.RootElement.Clone());
        }
    }

    public string Name { get; private set; } = "";

    public int[] Directions { get; private set; } = [];

    public Dictionary<string, JsonElement> Attributes { get; } = new(StringComparer.Ordinal);

    public List<ReplayedTrial> Trials { get; } = [];

    private void Apply(int operation, JsonElement log)
    {
        switch (operation)
        {
            case 0:
                Assert.Empty(Directions);
                Name = log.GetProperty("study_name").GetString()!;
                Directions = [.. log.GetProperty("directions").EnumerateArray().Select(direction => direction.GetInt32())];
                Assert.All(Directions, direction => Assert.InRange(direction, 1, 2));
                return;
            case 2 or 3:
                Assert.Equal(0, log.GetProperty("study_id").GetInt32());
                var attribute = Assert.Single(log.GetProperty(operation == 2 ? "user_attr" : "system_attr").EnumerateObject());
                Attributes.Add(attribute.Name, attribute.Value);
                return;
            case 4:
                Assert.Equal(0, log.GetProperty("study_id").GetInt32());
                Trials.Add(new() { Start = DateTimeOffset.Parse(log.GetProperty("datetime_start").GetString()!, System.Globalization.CultureInfo.InvariantCulture) });
                return;
        }

        var trial = Trials[log.GetProperty("trial_id").GetInt32()];
        Assert.Equal(0, trial.State);
        switch (operation)
        {
            case 5:
                SetParameter(trial, log);
                break;
            case 6:
                trial.State = log.GetProperty("state").GetInt32();
                trial.End = DateTimeOffset.Parse(log.GetProperty("datetime_complete").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
                trial.Values = log.GetProperty("values") is { ValueKind: JsonValueKind.Array } values ? [.. values.EnumerateArray().Select(value => value.GetDouble())] : [];
                Assert.InRange(trial.State, 1, 3);
                Assert.Equal(trial.State == 1, trial.Values.Length == Directions.Length && trial.State != 2);
                break;
            case 7:
                trial.Intermediate.Add(log.GetProperty("step").GetInt32(), log.GetProperty("intermediate_value").GetDouble());
                break;
            case 8:
                var attribute = Assert.Single(log.GetProperty("user_attr").EnumerateObject());
                trial.Attributes.Add(attribute.Name, attribute.Value);
                break;
            default:
                Assert.Fail($"Operation is {operation}.");
                break;
        }
    }

    private void SetParameter(ReplayedTrial trial, JsonElement log)
    {
        var name = log.GetProperty("param_name").GetString()!;
        var text = log.GetProperty("distribution").GetString()!;
        Assert.Equal(distributions.TryAdd(name, text) ? text : distributions[name], text);
        using var distribution = JsonDocument.Parse(text);
        var attributes = distribution.RootElement.GetProperty("attributes");
        var value = log.GetProperty("param_value_internal").GetDouble();
        switch (distribution.RootElement.GetProperty("name").GetString())
        {
            case "CategoricalDistribution":
                trial.Parameters.Add(name, attributes.GetProperty("choices")[(int)value].ToString());
                break;
            case "IntDistribution":
                Assert.Equal(0, (value - attributes.GetProperty("low").GetInt64()) % attributes.GetProperty("step").GetInt64());
                Assert.False(attributes.GetProperty("log").GetBoolean() && attributes.GetProperty("step").GetInt64() != 1);
                InRange(value, attributes);
                trial.Parameters.Add(name, ((long)value).ToString(System.Globalization.CultureInfo.InvariantCulture));
                break;
            case "FloatDistribution":
                Assert.False(attributes.GetProperty("log").GetBoolean() && attributes.GetProperty("step").ValueKind != JsonValueKind.Null);
                InRange(value, attributes);
                trial.Parameters.Add(name, value.ToString("R", System.Globalization.CultureInfo.InvariantCulture));
                break;
            case var other:
                Assert.Fail($"Distribution is {other}.");
                break;
        }
    }

    private static void InRange(double value, JsonElement attributes) =>
        Assert.InRange(value, attributes.GetProperty("low").GetDouble(), attributes.GetProperty("high").GetDouble());
}

/// <summary>A trial as Optuna would hold it.</summary>
internal sealed class ReplayedTrial
{
    public int State { get; set; }

    public DateTimeOffset Start { get; init; }

    public DateTimeOffset End { get; set; }

    public double[] Values { get; set; } = [];

    public Dictionary<string, string> Parameters { get; } = new(StringComparer.Ordinal);

    public Dictionary<int, double> Intermediate { get; } = [];

    public Dictionary<string, JsonElement> Attributes { get; } = new(StringComparer.Ordinal);
}
