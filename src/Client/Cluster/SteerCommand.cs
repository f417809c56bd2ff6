using System.CommandLine;
using System.Text.Json.Nodes;
using ApproxCluster.Client.Commands;
using ApproxCluster.Client.Rendering;
using ApproxCluster.Contracts;

namespace ApproxCluster.Client.Cluster;

/// <summary><c>approx pause|resume|stop|cancel ID</c> on a cluster: one word to the coordinator, one line back.</summary>
internal static class SteerCommand
{
    public static Command Create(string name, string summary, Func<ISweepGrain, Func<CancellationToken, Task<SweepView>>> word)
    {
        var sweep = new Argument<string>("ID") { Description = "The sweep, as 'approx ls' names it." };
        var command = new Command(name, summary) { sweep };
        command.SetAction((parsed, cancellationToken) =>
        {
            var context = CommandContext.Of(parsed);
            return RunAsync(ClusterModule.Place(context), parsed.GetRequiredValue(sweep), word, context, cancellationToken);
        });
        return command;
    }

    public static async Task<int> RunAsync(
        string cluster,
        string sweep,
        Func<ISweepGrain, Func<CancellationToken, Task<SweepView>>> word,
        CommandContext context,
        CancellationToken cancellationToken)
    {
        await using var connection = await ClusterConnection.OpenAsync(cluster, cancellationToken);
        var view = await connection.CallAsync(word(connection.Client.GetGrain<ISweepGrain>(sweep)), cancellationToken);
        if (context.Output == OutputForm.Json)
        {
            SweepReport.Print(
                new JsonObject
                {
                    ["sweep"] = view.Sweep,
                    ["status"] = Words.Of(view.Status),
                    ["trials"] = view.Trials,
                    ["trials_ended"] = view.TrialsEnded,
                },
                context.Terminal.Writer);
        }
        else
        {
            context.Terminal.Line(Terminal.Text($"{view.Sweep}: {Words.Of(view.Status)}, {view.TrialsEnded} of {view.Trials} trials ended"));
        }

        return ExitCodes.Done;
    }
}
