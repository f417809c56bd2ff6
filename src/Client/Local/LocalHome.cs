using ApproxCluster.Client.Commands;
using ApproxCluster.Storage;

namespace ApproxCluster.Client.Local;

/// <summary>The folder where this machine's sweeps are kept: one database, and beside it what only this machine knows of a sweep.</summary>
internal sealed class LocalHome(string folder)
{
    private const string DatabaseName = "approx.db";

    /// <summary>The folder, as a full path.</summary>
    public string Folder => folder;

    /// <summary>Whether anything was ever kept here.</summary>
    public bool Exists => File.Exists(DatabaseFile);

    /// <summary>Where programs keep their checkpoints while their sweep runs.</summary>
    public string WorkFolder => Path.Combine(folder, "sweeps", "work");

    private string DatabaseFile => Path.Combine(folder, DatabaseName);

    /// <summary>Opens the store, making folder and database if need be.</summary>
    public async Task<ISweepStore> OpenAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new CommandException(
                ExitCodes.Failed,
                $"The home folder {folder} cannot be made: {exception.Message} Nothing was run. Name a folder that can be written with --home or APPROX_HOME.",
                exception);
        }

        var store = SweepStores.OpenSqlite(DatabaseFile, time);
        try
        {
            await store.MigrateAsync(cancellationToken);
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>Keeps the data folder that a sweep was begun with, for <c>resume</c>.</summary>
    public void RememberData(string sweep, string dataFolder)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(NoteOf(sweep))!);
            File.WriteAllText(NoteOf(sweep), dataFolder + "\n");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A convenience: without it resume wants --data.
        }
    }

    /// <summary>The data folder that a sweep was begun with, or null.</summary>
    public string? RecallData(string sweep)
    {
        try
        {
            return File.ReadAllText(NoteOf(sweep)).Trim() is { Length: > 0 } known ? known : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Where the data files of a known sweep are looked up: the folder asked for, the one it was begun with, the current one.</summary>
    public IReadOnlyList<string> DataFolders(string sweep, string? wanted) =>
        [.. new[] { wanted, RecallData(sweep), Directory.GetCurrentDirectory() }.OfType<string>().Distinct(StringComparer.Ordinal)];

    private string NoteOf(string sweep) => Path.Combine(folder, "sweeps", Path.GetFileName(sweep), "data-folder");
}
