using System.Data.Common;

namespace ApproxCluster.Storage;

/// <summary>The few things that SQLite and PostgreSQL do differently.</summary>
internal abstract class Dialect : IAsyncDisposable
{
    /// <summary>For messages: which database, never a password.</summary>
    public abstract string Place { get; }

    /// <summary>An open connection of its own, pooled, for reading and for migrations.</summary>
    public abstract Task<DbConnection> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Executes statements in one transaction, all or none. Returns the number of rows that the last one changed.</summary>
    public abstract Task<int> WriteAsync(Batch batch, CancellationToken cancellationToken);

    /// <summary>Starts the transaction of a migration and keeps other processes out of theirs until it ends.</summary>
    public abstract Task<DbTransaction> BeginMigrationAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces the words of a migration: the types {text}, {int}, {bigint}, {real}, {json}, {time}, {bytes}, {bool}; {rows} and {updated rows} after a table of small rows, and of such as change; and the expressions on which
    /// the databases differ.
    /// </summary>
    public abstract string Types(string sql);

    /// <summary>A moment as the database takes it.</summary>
    public abstract object Time(DateTimeOffset time);

    /// <summary>A moment as the database gave it.</summary>
    public abstract DateTimeOffset ReadTime(DbDataReader reader, int column);

    /// <summary>Whether a place in the journal, or among its words, is taken.</summary>
    public abstract bool IsConflict(DbException error);

    /// <summary>Whether an entry would leave a gap before it in the journal.</summary>
    public abstract bool IsGap(DbException error);

    /// <summary>Whether the same call may go through later.</summary>
    public abstract bool IsTransient(DbException error);

    /// <summary>What to do about an error.</summary>
    public abstract string Advice(DbException error);

    /// <inheritdoc />
    public abstract ValueTask DisposeAsync();
}
