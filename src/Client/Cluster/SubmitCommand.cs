using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ApproxCluster.Client.Commands;
using ApproxCluster.Client.Local;
using ApproxCluster.Client.Rendering;
using ApproxCluster.Contracts;
using ApproxCluster.Search;

namespace ApproxCluster.Client.Cluster;

/// <summary><c>approx submit FILE</c>: a sweep on a cluster.</summary>
internal static class SubmitCommand
{
    private const int IdentityTries = 10;

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "Sweep file; see docs/sweep-file.md. Its data must be on the silos." };
        var seed = new Option<ulong?>("--seed") { Description = "Use this seed in place of the file's.", HelpName = "N" };
        var leave = new Option<bool>("--no-wait", "--detach") { Description = "Print the sweep's name and leave it to the cluster." };
        var command = new Command("submit", "Send a sweep to a cluster, follow it and print its leaderboard.") { file, seed, leave };
        var options = new WatchOptions(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var context = CommandContext.Of(parsed);
            var spec = SweepFiles.Read(parsed.GetRequiredValue(file));
            if (parsed.GetValue(seed) is { } wanted)
            {
                spec = spec with { Seed = wanted };
            }

            await using var connection = await ClusterConnection.OpenAsync(ClusterModule.Place(context), cancellationToken);
            var sweep = await SubmitAsync(connection, spec, cancellationToken);

            // First of all, so that whoever reads the output can find the sweep whatever comes.
            if (context.Output == OutputForm.Table || parsed.GetValue(leave))
            {
                Print(sweep, context);
                await context.Terminal.Writer.FlushAsync(cancellationToken);
            }

            if (parsed.GetValue(leave))
            {
                return ExitCodes.Done;
            }

            context.Terminal.Say($"{sweep} runs on {connection.Place.Text}. Ctrl-C only ends the watching.");
            return await options.Session(parsed, new ClusterSource(connection), sweep, context).RunAsync(cancellationToken);
        });
        return command;
    }

    private static void Print(string sweep, CommandContext context)
    {
        if (context.Output == OutputForm.Json)
        {
            SweepReport.Print(new JsonObject { ["sweep"] = sweep }, context.Terminal.Writer);
        }
        else
        {
            context.Terminal.Line(sweep);
        }
    }

    private static async Task<string> SubmitAsync(ClusterConnection connection, SweepSpec spec, CancellationToken cancellationToken)
    {
        var text = SweepFile.Canonical(spec);
        for (var attempt = 0; attempt < IdentityTries; attempt++)
        {
            // Chosen here, so that a submission whose answer was lost can be made again.
            var sweep = $"{spec.Name}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(attempt < 3 ? 2 : 3))}";
            var reply = await connection.CallAsync(token => connection.Cluster.Submit(sweep, text, token), cancellationToken);
            switch (reply.Outcome)
            {
                case SubmitOutcome.Accepted:
                    return sweep;
                case SubmitOutcome.Rejected:
                    throw CommandException.Usage($"The cluster cannot run it: {reply.Message}");
            }
        }

        throw new CommandException(ExitCodes.Failed, $"No free name was found for a sweep called '{spec.Name}'. Give it another name.");
    }
}
