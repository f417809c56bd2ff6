using System.Globalization;

namespace ApproxCluster.Engine;

/// <summary>
/// Where the programs of one sweep keep what they need: a folder for each trial with its checkpoints. A folder belongs to the worker that used it last: with folders that workers share, no one
/// takes away what another goes on from. Faults of the disk are let pass where only room is lost.
/// </summary>
internal sealed class TrialFolders(string root, string worker)
{
    private const string Checkpoints = "checkpoints";
    private const string OwnerName = "worker";

    /// <summary>The folder of a trial's checkpoints, made if need be. It is this worker's from now on.</summary>
    public string Open(int trial)
    {
        var folder = Path.Combine(FolderOf(trial), Checkpoints);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(FolderOf(trial), OwnerName), worker);
        return folder;
    }

    /// <summary>Empties a trial's checkpoints.</summary>
    public void Clear(int trial)
    {
        Delete(Path.Combine(FolderOf(trial), Checkpoints));
        Open(trial);
    }

    /// <summary>A file in a trial's folder.</summary>
    public string Write(int trial, string name, string text)
    {
        Directory.CreateDirectory(FolderOf(trial));
        var file = Path.Combine(FolderOf(trial), name);
        File.WriteAllText(file, text);
        return file;
    }

    /// <summary>Deletes what a trial that is over has left, unless another worker has it now.</summary>
    public void Drop(int trial)
    {
        var owner = Path.Combine(FolderOf(trial), OwnerName);
        if (!File.Exists(owner) || ReadOwner(owner) == worker)
        {
            Delete(FolderOf(trial));
        }
    }

    /// <summary>Deletes everything, when the sweep is over.</summary>
    public void DropAll() => Delete(root);

    private string FolderOf(int trial) => Path.Combine(root, trial.ToString(CultureInfo.InvariantCulture));

    private static string? ReadOwner(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Not there, or still in use by somebody.
        }
    }
}
