using System.Text.Json.Nodes;
using ApproxCluster.Search;

namespace ApproxCluster.Client.Rendering;

/// <summary>The trials that a trial goes on from, and with it the schedule of parameters that its weights were trained with.</summary>
internal static class Lineage
{
    /// <summary>The trials from the one that began by itself to this one, each with the last epoch that counts for this one.</summary>
    public static IReadOnlyList<(Trial Trial, int ToEpoch)> Of(SweepState state, Trial trial)
    {
        List<(Trial, int)> line = [(trial, trial.Epochs.Count)];
        while (trial.From is { } branch)
        {
            trial = state.Trials[branch.Trial];
            line.Insert(0, (trial, branch.Epoch));
        }

        return line;
    }

    /// <summary>One line: <c>trial 3 to epoch 5, trial 12 to epoch 10, then trial 17</c>; null for a trial that began by itself.</summary>
    public static string? Describe(SweepState state, Trial trial)
    {
        var line = Of(state, trial);
        return line.Count == 1
            ? null
            : $"{string.Join(", ", line.SkipLast(1).Select(part => Terminal.Text($"trial {part.Trial.Number} to epoch {part.ToEpoch}")))}, then trial {Terminal.Text($"{trial.Number}")}";
    }

    /// <summary>Prints the schedule: for each stretch of epochs the trial and the values of what was changed.</summary>
    public static void Print(SweepState state, Trial trial, Terminal terminal)
    {
        var line = Of(state, trial);
        if (line.Count == 1)
        {
            return;
        }

        var paths = SearchedParameters.Varying(state.Spec.Space, [.. line.Select(part => part.Trial.Parameters)]);
        var names = SearchedParameters.Names(paths);
        var table = new TextTable().Left("epochs").Right("trial");
        foreach (var path in paths)
        {
            table.Right(names[path]);
        }

        var from = 1;
        foreach (var (part, toEpoch) in line)
        {
            table.Add([Terminal.Text($"{from}-{toEpoch}"), Terminal.Text($"{part.Number}"), .. paths.Select(path => part.Parameters[path] is { } value ? Numbers.Short(value) : "-")]);
            from = toEpoch + 1;
        }

        terminal.Line("Goes on from other trials:");
        table.Print(terminal);
        terminal.Line();
    }

    /// <summary>Where a trial goes on from, for documents.</summary>
    public static JsonObject? Document(Branch? from) => from is { } branch ? new JsonObject { ["trial"] = branch.Trial, ["epoch"] = branch.Epoch } : null;
}
