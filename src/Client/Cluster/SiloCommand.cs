using System.CommandLine;
using System.Text.Json.Nodes;
using ApproxCluster.Client.Commands;
using ApproxCluster.Client.Rendering;
using ApproxCluster.Contracts;
using ApproxCluster.Storage;
using Npgsql;

namespace ApproxCluster.Client.Cluster;

/// <summary><c>approx silo init|ls</c>: the cluster's database, and its silos.</summary>
internal static class SiloCommand
{
    public static Command Create() => new("silo", "Prepare a cluster's database, or list its silos.") { Init(), List() };

    private static Command Init()
    {
        var postgres = new Option<string?>("--postgres")
        {
            Description = "Npgsql connection string of the cluster's database. Default: $APPROX_POSTGRES.",
            HelpName = "CONNECTION",
        };
        var command = new Command("init", "Make the tables that silos need in PostgreSQL. Silos do it too; do it first where they may not.") { postgres };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var context = CommandContext.Of(parsed);
            var connection = parsed.GetValue(postgres) ?? Environment.GetEnvironmentVariable("APPROX_POSTGRES");
            if (string.IsNullOrEmpty(connection))
            {
                throw CommandException.Usage("--postgres is missing, but must be a connection string like Host=db;Database=approx;Username=approx. Give it, or set APPROX_POSTGRES.");
            }

            await InitAsync(connection, context, cancellationToken);
            context.Terminal.Say("The database is ready. Start silos with: dotnet run --project src/Silo -- --postgres ...");
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task InitAsync(string connection, CommandContext context, CancellationToken cancellationToken)
    {
        try
        {
            await using var source = NpgsqlDataSource.Create(connection);
            await ClusterSchema.ApplyAsync(source, cancellationToken);
            await using var store = SweepStores.OpenPostgres(connection, context.Time);
            await store.MigrateAsync(cancellationToken);
        }
        catch (ArgumentException exception)
        {
            throw new CommandException(ExitCodes.Usage, "--postgres cannot be read as a connection string. Write it like Host=db;Database=approx;Username=approx.", exception);
        }
        catch (NpgsqlException exception)
        {
            throw new CommandException(ExitCodes.Unreachable, $"The database cannot be used: {exception.Message} Check --postgres, and that the database is up.", exception);
        }
    }

    private static Command List()
    {
        var command = new Command("ls", "List the silos that are up, with their slots.");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var context = CommandContext.Of(parsed);
            await using var connection = await ClusterConnection.OpenAsync(ClusterModule.Place(context), cancellationToken);
            Print(await connection.CallAsync(connection.Cluster.Silos, cancellationToken), context);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Print(SiloView[] silos, CommandContext context)
    {
        if (context.Output == OutputForm.Json)
        {
            SweepReport.Print(
                new JsonArray([.. silos.Select(silo => new JsonObject
                {
                    ["silo"] = silo.Name, ["address"] = silo.Address, ["slots"] = silo.Slots, ["busy"] = silo.Busy,
                    ["sweeps"] = new JsonArray([.. silo.Sweeps.Select(sweep => JsonValue.Create(sweep))]),
                })]),
                context.Terminal.Writer);
            return;
        }

        var table = new TextTable().Left("silo").Left("address").Right("slots").Right("busy").Left("sweeps");
        foreach (var silo in silos)
        {
            table.Add([silo.Name, silo.Address, Terminal.Text($"{silo.Slots}"), Terminal.Text($"{silo.Busy}"), string.Join(", ", silo.Sweeps)]);
        }

        table.Print(context.Terminal);
    }
}
