using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ApproxCluster.Trainer.Tests;

/// <summary>Short ways for tests to state and open targets.</summary>
internal static class TestTarget
{
    /// <summary>A configuration from pairs such as <c>samples=10</c>.</summary>
    public static TargetConfiguration Configuration(string kind, params string[] options) =>
        new(kind, options.Select(option => option.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]));

    /// <summary>An opened target without files.</summary>
    public static ITarget Target(string kind, params string[] options) => In("no-such-folder", kind, 1, options);

    /// <summary>An opened target.</summary>
    public static ITarget In(string folder, string kind, ulong seed, params string[] options) =>
        TargetCatalog.Open(Configuration(kind, options), seed, folder);

    /// <summary>The message with which opening, loading and loading the test split of a target fails.</summary>
    public static string Fault(string folder, string kind, params string[] options) => Assert.Throws<TargetException>(() =>
    {
        var target = In(folder, kind, 1, options);
        target.Load();
        target.LoadTest();
    }).Message;

    /// <summary>SHA-256 over the bits of inputs, then values or labels.</summary>
    public static string Digest(params Samples[] splits)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var samples in splits)
        {
            hash.AppendData(MemoryMarshal.AsBytes(samples.X.AsSpan()));
            hash.AppendData(MemoryMarshal.AsBytes(samples.Values.AsSpan()));
            hash.AppendData(MemoryMarshal.AsBytes(samples.Labels.AsSpan()));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Digest of all three splits.</summary>
    public static string Digest(ITarget target) => Digest(target.Load().Training, target.Load().Validation, target.LoadTest());
}
