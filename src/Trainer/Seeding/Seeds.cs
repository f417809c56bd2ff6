using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ApproxCluster.Trainer;

/// <summary>
/// Derives seeds: the first 8 bytes (little-endian) of SHA-256 over the UTF-8 text <c>approx-seed-v1|SEED|PART|PART...</c>,
/// numbers in the invariant culture. Never from a machine, slot, attempt or clock.
/// </summary>
public static class Seeds
{
    /// <summary>The seed of a purpose within a sweep, such as <c>target</c> or <c>sampler</c>.</summary>
    public static ulong Derive(ulong seed, string purpose) => Hash(FormattableString.Invariant($"approx-seed-v1|{seed}|{purpose}"));

    /// <summary>The seed of a purpose of one numbered thing, such as <c>sampler</c> of a configuration.</summary>
    public static ulong Derive(ulong seed, string purpose, int number) =>
        Hash(FormattableString.Invariant($"approx-seed-v1|{seed}|{purpose}|{number}"));

    /// <summary>The seed of one replicate of one configuration.</summary>
    public static ulong Trial(ulong sweepSeed, int configuration, int replicate) =>
        Hash(FormattableString.Invariant($"approx-seed-v1|{sweepSeed}|trial|{configuration}|{replicate}"));

    private static ulong Hash(string text)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), digest);
        return BinaryPrimitives.ReadUInt64LittleEndian(digest);
    }
}
