using System.Text.Json;

namespace ApproxCluster.Search;

/// <summary>Writes the canonical form of <c>trainer</c>: every default written out, limits where there are any.</summary>
internal static class CanonicalCommand
{
    public static void Write(Utf8JsonWriter json, CommandSpec command)
    {
        json.WriteStartObject("trainer");
        json.WriteStartArray("command");
        foreach (var argument in command.Arguments)
        {
            json.WriteStringValue(argument);
        }

        json.WriteEndArray();
        json.WriteString(CommandSettings.Parameters.Name, command.Parameters switch
        {
            ParameterPassing.Environment => "environment",
            ParameterPassing.Stdin => "stdin",
            _ => "argument",
        });
        if (command.Directory is { } directory)
        {
            json.WriteString("directory", directory);
        }

        if (command.Environment.Count > 0)
        {
            json.WriteStartObject("environment");
            foreach (var (name, value) in command.Environment.OrderBy(variable => variable.Key, StringComparer.Ordinal))
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        }

        json.WriteString("metric", command.Metric);
        if (command.Cost is { } cost)
        {
            json.WriteString("cost", cost.Text);
        }

        json.WriteBoolean(CommandSettings.Resumable.Name, command.IsResumable);
        json.WriteNumber(CommandSettings.Grace.Name, command.GraceSeconds);
        WriteLimits(json, command);
        json.WriteStartObject("exit_codes");
        json.WriteNumber(CommandSettings.ExitCodes[0].Name, command.PrunedCode);
        json.WriteNumber(CommandSettings.ExitCodes[1].Name, command.RetryCode);
        json.WriteEndObject();
        json.WriteNumber(CommandSettings.Retries.Name, command.Retries);
        json.WriteNumber(CommandSettings.RetrySeconds.Name, command.RetrySeconds);
        json.WriteNumber(CommandSettings.Frozen.Name, command.Frozen);
        json.WriteEndObject();
    }

    private static void WriteLimits(Utf8JsonWriter json, CommandSpec command)
    {
        var limits = CommandSettings.Limits.Zip([command.TrialSeconds, command.EpochSeconds, command.MemoryMib]).Where(limit => limit.Second is not null).ToList();
        if (limits.Count == 0)
        {
            return;
        }

        json.WriteStartObject("limits");
        foreach (var (setting, value) in limits)
        {
            json.WriteNumber(setting.Name, value!.Value);
        }

        json.WriteEndObject();
    }
}
