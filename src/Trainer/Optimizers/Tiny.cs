using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>
/// Keeps decaying state away from subnormal numbers: what has shrunk to 2^-100 or less becomes 0. The moments of a unit that has died
/// would otherwise stay subnormal for good, and a division or root of such a number costs many times an ordinary one.
/// </summary>
internal static class Tiny<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    /// <summary>The largest magnitude that becomes 0.</summary>
    public const float Limit = 7.888609e-31f;

    /// <summary>The value, or 0; NaN stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TSimd Flush(TSimd value) =>
        TSimd.Select(TSimd.AtMost(value & TSimd.BroadcastBits(int.MaxValue), TSimd.Broadcast(Limit)), TSimd.Broadcast(0f), value);

    /// <summary>The same for a value that is not negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TSimd FlushPositive(TSimd value) => TSimd.Select(TSimd.AtMost(value, TSimd.Broadcast(Limit)), TSimd.Broadcast(0f), value);
}
