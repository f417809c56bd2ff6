using System.CommandLine;
using System.Text.Json.Nodes;
using ApproxCluster.Client.Rendering;
using ApproxCluster.Client.Sources;
using ApproxCluster.Search;

namespace ApproxCluster.Client.Commands;

/// <summary><c>approx importance ID</c>: which parameters matter.</summary>
internal static class ImportanceCommand
{
    private const string PedAnova = "ped-anova";
    private const string Fanova = "fanova";
    private const int BarWidth = 40;

    public static Command Create()
    {
        var sweep = new Argument<string>("ID") { Description = "The sweep, as 'approx ls' names it." };
        var method = new Option<string>("--method")
        {
            Description = "ped-anova: what sets the best tenth apart. fanova: share of the variance over the whole space.",
            DefaultValueFactory = _ => PedAnova,
        };
        method.AcceptOnlyFromAmong(PedAnova, Fanova);
        var command = new Command("importance", "Show which parameters of a sweep matter, and how much.") { sweep, method };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetRequiredValue(sweep), parsed.GetValue(method)!, CommandContext.Of(parsed), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string id, string method, CommandContext context, CancellationToken cancellationToken)
    {
        await using var source = await SweepSources.OpenAsync(context, cancellationToken);
        await SweepSources.FindAsync(source, id, cancellationToken);
        var state = await SweepSources.ReplayAsync(source, id, cancellationToken);
        var parameters = ParameterImportance.Of(state, method == Fanova ? ImportanceMethod.Fanova : ImportanceMethod.PedAnova);
        switch (context.Output)
        {
            case OutputForm.Json:
                SweepReport.Print(Document(id, method, parameters), context.Terminal.Writer);
                break;
            case OutputForm.Csv:
                Csv.Row(context.Terminal.Writer, ["parameter", "importance", "configurations"]);
                foreach (var parameter in parameters)
                {
                    Csv.Row(context.Terminal.Writer, [parameter.Path, Csv.Cell(parameter.Share), Csv.Cell(parameter.Configurations)]);
                }

                break;
            default:
                Print(parameters, context.Terminal);
                break;
        }

        return ExitCodes.Done;
    }

    private static JsonObject Document(string id, string method, IReadOnlyList<ParameterImportance> parameters) => new()
    {
        ["sweep"] = id,
        ["method"] = method,
        ["parameters"] = new JsonArray([.. parameters.Select(parameter => new JsonObject
        {
            ["parameter"] = parameter.Path,
            ["importance"] = SweepReport.Number(parameter.Share),
            ["configurations"] = parameter.Configurations,
        })]),
    };

    private static void Print(IReadOnlyList<ParameterImportance> parameters, Terminal terminal)
    {
        if (parameters.Count == 0)
        {
            terminal.Line(Terminal.Text($"Fewer than {ParameterImportance.MinimumConfigurations} configurations have a result, or nothing is searched: that says nothing yet."));
            return;
        }

        var table = new TextTable().Left("parameter").Right("importance").Right("configurations").Left("");
        foreach (var parameter in parameters)
        {
            var bar = new string('#', (int)Math.Round(Math.Clamp(parameter.Share, 0, 1) * BarWidth));
            table.Add([parameter.Path, Terminal.Text($"{parameter.Share:0.000}"), Terminal.Text($"{parameter.Configurations}"), bar]);
        }

        table.Print(terminal);
    }
}
