using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace ApproxCluster.Trainer;

/// <summary>
/// What files hold, as SHA-256 in lower-case hex over their bytes as stored (a compressed file is not unpacked). One file's fingerprint
/// is its own hash; that of several is the hash of their hashes, one a line, in the given order. Remembered within the process by path,
/// length and time of change.
/// </summary>
internal static class Fingerprint
{
    private static readonly ConcurrentDictionary<(string Path, long Length, long Ticks), string> Known = new();

    /// <summary>The fingerprint of files.</summary>
    public static string Of(params IReadOnlyList<string> paths)
    {
        var hashes = paths.Select(One).ToArray();
        return hashes.Length == 1 ? hashes[0] : Hex(SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(hashes.Select(hash => hash + "\n")))));
    }

    private static string One(string path) => DataFile.Guard(path, () =>
    {
        var facts = new FileInfo(path);
        return Known.GetOrAdd((path, facts.Length, facts.LastWriteTimeUtc.Ticks), key =>
        {
            using var stream = DataFile.Open(key.Path);
            return Hex(SHA256.HashData(stream));
        });
    });

    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);
}
