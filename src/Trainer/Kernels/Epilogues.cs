using System.Runtime.CompilerServices;

namespace ApproxCluster.Trainer;

/// <summary>What is done to a finished sum while it is still in its register. NaN passes through all of them.</summary>
internal interface IEpilogue<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    /// <summary>Whether there is a second operand in memory.</summary>
    static abstract bool Reads { get; }

    /// <summary>The value to be stored.</summary>
    static abstract TSimd Apply(TSimd sum, TSimd other, TSimd constant);
}

/// <summary>The sum itself.</summary>
internal readonly struct NoEpilogue<TSimd> : IEpilogue<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    public static bool Reads => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TSimd Apply(TSimd sum, TSimd other, TSimd constant) => sum;
}

/// <summary>z where it is above 0, else 0.</summary>
internal readonly struct ReluEpilogue<TSimd> : IEpilogue<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    public static bool Reads => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TSimd Apply(TSimd sum, TSimd other, TSimd constant)
    {
        var zero = TSimd.Broadcast(0f);
        return TSimd.Select(TSimd.AtMost(sum, zero), zero, sum);
    }
}

/// <summary>z where it is above 0, else slope * z.</summary>
internal readonly struct LeakyReluEpilogue<TSimd> : IEpilogue<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    public static bool Reads => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TSimd Apply(TSimd sum, TSimd other, TSimd constant) =>
        TSimd.Select(TSimd.AtMost(sum, TSimd.Broadcast(0f)), sum * constant, sum);
}

/// <summary>tanh z.</summary>
internal readonly struct TanhEpilogue<TSimd> : IEpilogue<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    public static bool Reads => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TSimd Apply(TSimd sum, TSimd other, TSimd constant) => Elementary<TSimd>.Tanh(sum);
}

/// <summary>1 / (1 + e^-z).</summary>
internal readonly struct SigmoidEpilogue<TSimd> : IEpilogue<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    public static bool Reads => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TSimd Apply(TSimd sum, TSimd other, TSimd constant) => Elementary<TSimd>.Sigmoid(sum);
}

/// <summary>Times the derivative of ReLU at a: 1 above 0, else 0.</summary>
internal readonly struct ReluGradient<TSimd> : IEpilogue<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    public static bool Reads => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TSimd Apply(TSimd sum, TSimd other, TSimd constant)
    {
        var zero = TSimd.Broadcast(0f);
        return TSimd.Select(TSimd.AtMost(other, zero), zero, sum);
    }
}

/// <summary>Times the derivative of leaky ReLU at a: 1 above 0, else slope.</summary>
internal readonly struct LeakyReluGradient<TSimd> : IEpilogue<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    public static bool Reads => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TSimd Apply(TSimd sum, TSimd other, TSimd constant) =>
        TSimd.Select(TSimd.AtMost(other, TSimd.Broadcast(0f)), sum * constant, sum);
}

/// <summary>Times 1 - a^2, the derivative of tanh.</summary>
internal readonly struct TanhGradient<TSimd> : IEpilogue<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    public static bool Reads => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TSimd Apply(TSimd sum, TSimd other, TSimd constant) =>
        sum * TSimd.NegatedFma(other, other, TSimd.Broadcast(1f));
}

/// <summary>Times a (1 - a), the derivative of the sigmoid.</summary>
internal readonly struct SigmoidGradient<TSimd> : IEpilogue<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    public static bool Reads => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TSimd Apply(TSimd sum, TSimd other, TSimd constant) => sum * (other * (TSimd.Broadcast(1f) - other));
}

/// <summary>Times a derivative that the forward pass kept.</summary>
internal readonly struct KeptGradient<TSimd> : IEpilogue<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    public static bool Reads => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TSimd Apply(TSimd sum, TSimd other, TSimd constant) => sum * other;
}
