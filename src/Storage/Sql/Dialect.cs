using System.Data.Common;

namespace ApproxCluster.Storage;

/// <summary>The few things that SQLite and PostgreSQL do differently.</summary>
internal abstract class Dialect
{
    /// <summary>For messages: which database, never a password.</summary>
    public abstract string Place { get; }

    /// <summary>An open connection of its own, pooled.</summary>
    public abstract Task<DbConnection> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Starts a transaction that will write.</summary>
    public abstract Task<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>Keeps other processes out of the migration until the transaction ends.</summary>
    public abstract Task LockMigrationAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken);

    /// <summary>Replaces the type words of a migration: {text}, {int}, {bigint}, {real}, {json}, {time}, {bytes}, {bool}.</summary>
    public abstract string Types(string sql);

    /// <summary>A parameter that goes into a JSON column.</summary>
    public abstract string Json(string parameter);

    /// <summary>A moment as the database takes it.</summary>
    public abstract object Time(DateTimeOffset time);

    /// <summary>A moment as the database gave it.</summary>
    public abstract DateTimeOffset ReadTime(DbDataReader reader, int column);

    /// <summary>A number as the database takes it: NaN too.</summary>
    public abstract object Real(double value);

    /// <summary>Whether a key was taken.</summary>
    public abstract bool IsConflict(DbException error);

    /// <summary>Whether the same call may go through later.</summary>
    public abstract bool IsTransient(DbException error);

    /// <summary>What to do about an error.</summary>
    public abstract string Advice(DbException error);
}
