using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace ApproxCluster.Contracts;

/// <summary>The tables and statements that Orleans needs in PostgreSQL.</summary>
public static class ClusterSchema
{
    /// <summary>The script, also fit for psql with <c>--single-transaction</c>.</summary>
    public static string Script { get; } = ReadScript();

    /// <summary>Applies the script in one transaction. Nothing changes where it was applied before; several processes may do so at once.</summary>
    /// <param name="source">The database.</param>
    /// <param name="cancellationToken">Ends the attempt; nothing is applied then.</param>
    [SuppressMessage("Security", "CA2100:Review SQL queries for security vulnerabilities", Justification = "The script is a resource of this assembly.")]
    public static async Task ApplyAsync(DbDataSource source, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = Script;
        await command.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static string ReadScript()
    {
        using var stream = typeof(ClusterSchema).Assembly.GetManifestResourceStream("orleans-postgresql.sql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
