using System.CommandLine;
using ApproxCluster.Client.Commands;
using ApproxCluster.Client.Sources;

namespace ApproxCluster.Client.Cluster;

/// <summary><c>approx watch ID</c>: follows a sweep on a cluster to its end.</summary>
internal static class WatchCommand
{
    public static Command Create()
    {
        var sweep = new Argument<string>("ID") { Description = "The sweep, as 'approx ls' names it." };
        var command = new Command("watch", "Follow a sweep on a cluster and print its leaderboard.") { sweep };
        var options = new WatchOptions(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var context = CommandContext.Of(parsed);
            await using var connection = await ClusterConnection.OpenAsync(ClusterModule.Place(context), cancellationToken);
            var source = new ClusterSource(connection);
            var row = await SweepSources.FindAsync(source, parsed.GetRequiredValue(sweep), cancellationToken);
            return await options.Session(parsed, source, row.Id, context).RunAsync(cancellationToken);
        });
        return command;
    }
}

/// <summary>Options of the commands that follow a sweep.</summary>
internal sealed class WatchOptions
{
    private readonly Option<TimeSpan?> timeout = new("--timeout")
    {
        Description = "Watch no longer than this, such as 90s, 15m or 2h; exit code 124. The sweep continues.",
        HelpName = "TIME",
        CustomParser = RunOptions.ParseTime,
    };

    private readonly Option<int> top = new("--top")
    {
        Description = "Rows of the leaderboard to print; 0 for all.",
        HelpName = "N",
        DefaultValueFactory = _ => 20,
        CustomParser = result => WholeNumber.Parse(result, "--top", 0) ?? 0,
    };

    public WatchOptions(Command command)
    {
        command.Options.Add(timeout);
        command.Options.Add(top);
    }

    /// <summary>The session of an invocation.</summary>
    public WatchSession Session(ParseResult parsed, ClusterSource source, string sweep, CommandContext context) =>
        new(source, sweep, parsed.GetValue(timeout), parsed.GetValue(top), context);
}
