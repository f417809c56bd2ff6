using System.CommandLine;
using ApproxCluster.Client.Local;
using ApproxCluster.Client.Sources;
using ApproxCluster.Engine;
using ApproxCluster.Search;

namespace ApproxCluster.Client.Commands;

/// <summary><c>approx resume ID</c>: goes on with a sweep that was interrupted here, or that is paused on a cluster.</summary>
internal static class ResumeCommand
{
    public static Command Create()
    {
        var sweep = new Argument<string>("ID") { Description = "The sweep, as 'approx ls' names it." };
        var command = new Command("resume", "Go on with an interrupted sweep, or with a paused one on a cluster.") { sweep };
        var options = new RunOptions(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var context = CommandContext.Of(parsed);
            return context.Cluster is { } cluster
                ? await SweepSources.ClusterModule().ResumeAsync(cluster, parsed.GetRequiredValue(sweep), context, cancellationToken)
                : await ResumeAsync(parsed.GetRequiredValue(sweep), options.Of(parsed), context, cancellationToken);
        });
        return command;
    }

    private static async Task<int> ResumeAsync(string id, RunSettings settings, CommandContext context, CancellationToken cancellationToken)
    {
        var home = new LocalHome(context.Home);
        await using (var source = await SweepSources.OpenAsync(context, cancellationToken))
        {
            var row = await SweepSources.FindAsync(source, id, cancellationToken);
            if (row.Status.IsFinal())
            {
                context.Terminal.Say($"{id} has ended already; there is nothing to resume. 'approx show {id}' prints its results.");
                return row.Status == SweepStatus.Failed ? ExitCodes.Failed : ExitCodes.Done;
            }
        }

        await using var store = await home.OpenAsync(context.Time, cancellationToken);
        SweepSpec spec;
        await using (var look = await SweepHost.LoadAsync(id, store, context.Time, null, cancellationToken))
        {
            spec = look.Sweep.Spec;
        }

        var (opened, folder) = SweepFiles.OpenTarget(spec, home.DataFolders(id, context.Data));
        var target = SweepFiles.Preload(opened);
        home.RememberData(id, folder);
        var session = new RunSession(home, store, target, settings, context);
        return await session.RunAsync(
            async observer =>
            {
                var host = await SweepHost.LoadAsync(id, store, context.Time, observer, cancellationToken);
                await host.ResumeAsync(cancellationToken);
                return host;
            },
            cancellationToken);
    }
}
