using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ApproxCluster.Client.Local;
using ApproxCluster.Engine;
using ApproxCluster.Search;
using ApproxCluster.Trainer;

namespace ApproxCluster.Client.Commands;

/// <summary><c>approx run FILE</c>: a sweep in this process.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "Sweep file; see docs/sweep-file.md." };
        var seed = new Option<ulong?>("--seed") { Description = "Use this seed in place of the file's.", HelpName = "N", CustomParser = ParseSeed };
        var command = new Command("run", "Run a sweep on this machine and print its leaderboard.") { file, seed };
        var options = new RunOptions(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetRequiredValue(file), parsed.GetValue(seed), options.Of(parsed), CommandContext.Of(parsed), cancellationToken));
        return command;
    }

    private static ulong? ParseSeed(ArgumentResult result)
    {
        var text = result.Tokens is [var token] ? token.Value : "";
        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed))
        {
            return seed;
        }

        result.AddError($"--seed is {text}, but must be a whole number from 0 to {ulong.MaxValue}. Change it.");
        return null;
    }

    private static async Task<int> RunAsync(
        string file, ulong? seed, RunSettings settings, CommandContext context, CancellationToken cancellationToken)
    {
        if (context.Cluster is not null)
        {
            throw CommandException.Usage("'approx run' trains on this machine. To train on a cluster use 'approx submit FILE --cluster ...'.");
        }

        var sweep = SweepFiles.Open(file, seed, context);

        if (sweep.Target is not null)
        {
            // Beside loading the data and opening the store.
            WarmUp.Begin(() => SweepChecks.First(sweep.Spec, sweep.Shape, WarmUp.MostConfigurations), sweep.Shape);
        }

        var target = SweepFiles.Preload(sweep.Target);
        var home = new LocalHome(context.Home);
        await using var store = await home.OpenAsync(context.Time, cancellationToken);
        var session = new RunSession(home, store, new SweepData(target, sweep.DataFolder, home.WorkFolder), settings, context);
        return await session.RunAsync(
            async observer =>
            {
                try
                {
                    var host = await SweepHost.CreateAsync(sweep.Spec, sweep.Shape, store, context.Time, observer, cancellationToken);
                    home.RememberData(host.Sweep.Id, sweep.DataFolder);
                    return host;
                }
                catch (ArgumentException refusal)
                {
                    throw CommandException.Usage($"{file}: {refusal.Message}");
                }
            },
            cancellationToken);
    }
}
