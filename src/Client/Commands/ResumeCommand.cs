using System.CommandLine;
using ApproxCluster.Client.Local;
using ApproxCluster.Client.Rendering;
using ApproxCluster.Client.Sources;
using ApproxCluster.Engine;
using ApproxCluster.Search;

namespace ApproxCluster.Client.Commands;

/// <summary><c>approx resume ID</c>: goes on with a sweep that was interrupted here, or that is paused on a cluster; with <c>--retry-failed</c> runs failed trials again.</summary>
internal static class ResumeCommand
{
    public static Command Create()
    {
        var sweep = new Argument<string>("ID") { Description = "The sweep, as 'approx ls' names it." };
        var retry = new Option<bool>("--retry-failed")
        {
            Description = "Run trials again that failed by an error or lost workers, each under its number; of a sweep that has ended too. Not those that diverged: they would again.",
        };
        var command = new Command("resume", "Go on with an interrupted sweep, or with a paused one on a cluster; or run failed trials again.") { sweep, retry };
        var options = new RunOptions(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var context = CommandContext.Of(parsed);
            return context.Cluster is { } cluster
                ? await SweepSources.ClusterModule().ResumeAsync(cluster, parsed.GetRequiredValue(sweep), parsed.GetValue(retry), context, cancellationToken)
                : await ResumeAsync(parsed.GetRequiredValue(sweep), parsed.GetValue(retry), options.Of(parsed), context, cancellationToken);
        });
        return command;
    }

    private static async Task<int> ResumeAsync(string id, bool retryFailed, RunSettings settings, CommandContext context, CancellationToken cancellationToken)
    {
        var home = new LocalHome(context.Home);
        await using (var source = await SweepSources.OpenAsync(context, cancellationToken))
        {
            var row = await SweepSources.FindAsync(source, id, cancellationToken);
            if (retryFailed && row.Status is SweepStatus.Stopped or SweepStatus.Cancelled)
            {
                throw CommandException.Usage($"{id} is {Words.Of(row.Status)}, but must not be for its failed trials to be run again. Run its file anew.");
            }

            if (row.Status.IsFinal() && !retryFailed)
            {
                context.Terminal.Say($"{id} has ended already; there is nothing to resume. 'approx show {id}' prints its results; --retry-failed runs trials again that failed by an error or lost workers.");
                return row.Status == SweepStatus.Failed ? ExitCodes.Failed : ExitCodes.Done;
            }
        }

        await using var store = await home.OpenAsync(context.Time, cancellationToken);
        SweepSpec spec;
        await using (var look = await SweepHost.LoadAsync(id, store, context.Time, null, cancellationToken))
        {
            spec = look.Sweep.Spec;
            if (retryFailed && await look.ReadAsync(state => (state.Status, state.Retriable.Count), cancellationToken) is ({ } status, 0) && status.IsFinal())
            {
                context.Terminal.Say($"{id} has no trial that failed by an error or lost workers; there is nothing to run again.");
                return status == SweepStatus.Failed ? ExitCodes.Failed : ExitCodes.Done;
            }
        }

        var (opened, folder) = SweepFiles.OpenKnown(spec, home.DataFolders(id, context.Data));
        var target = SweepFiles.Preload(opened);
        home.RememberData(id, folder);
        var session = new RunSession(home, store, new SweepData(target, folder, home.WorkFolder), settings, context);
        return await session.RunAsync(
            async observer =>
            {
                var host = await SweepHost.LoadAsync(id, store, context.Time, observer, cancellationToken);
                await host.ResumeAsync(cancellationToken);
                if (retryFailed)
                {
                    var retried = await host.RetryAsync(cancellationToken);
                    context.Terminal.Say(Terminal.Text($"{id}: {retried} failed {(retried == 1 ? "trial runs" : "trials run")} again"));
                }

                return host;
            },
            cancellationToken);
    }
}
