using System.Data.Common;
using System.Globalization;
using System.Reflection;

namespace ApproxCluster.Storage;

/// <summary>
/// Brings a database to the newest schema: numbered scripts, each in the transaction that records it, one process at a time. The table schema_version holds the numbers
/// that ran.
/// </summary>
internal sealed class Migrator(Dialect dialect, TimeProvider time)
{
    /// <summary>Scripts by number, in order.</summary>
    public static IReadOnlyList<(int Number, string Name, string Sql)> Scripts { get; } = Load();

    /// <summary>Runs what is missing, up to a version (the newest by default; older ones are for tests).</summary>
    public async Task RunAsync(DbConnection connection, int upTo, CancellationToken cancellationToken)
    {
        await using var transaction = await dialect.BeginMigrationAsync(connection, cancellationToken);
        await Execute(dialect.Types("CREATE TABLE IF NOT EXISTS schema_version (version {int} NOT NULL PRIMARY KEY, name {text} NOT NULL, applied_at {time} NOT NULL)"));
        var current = await CurrentAsync(connection, transaction, cancellationToken);
        if (current > Scripts[^1].Number)
        {
            throw new StorageException(string.Create(
                CultureInfo.InvariantCulture,
                $"{dialect.Place} has schema version {current}, but this program knows up to {Scripts[^1].Number}. Use a newer program."));
        }

        foreach (var (number, name, sql) in Scripts.Where(script => script.Number > current && script.Number <= upTo))
        {
            await Execute(dialect.Types(sql));
            await using var insert = connection.CreateCommand();
            insert.Transaction = transaction;
            insert.CommandText = "INSERT INTO schema_version (version, name, applied_at) VALUES (@version, @name, @at)";
            insert.Add("@version", number).Add("@name", name).Add("@at", dialect.Time(time.GetUtcNow()));
            await insert.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);

        async Task Execute(string sql)
        {
            await using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static async Task<int> CurrentAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT COALESCE(MAX(version), 0) FROM schema_version";
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
    }

    private static List<(int Number, string Name, string Sql)> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var scripts = new List<(int, string, string)>();
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            var file = resource.Split('.')[^2];
            scripts.Add((int.Parse(file.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture), file[4..], reader.ReadToEnd()));
        }

        return scripts;
    }
}
