namespace ApproxCluster.Trainer.Tests;

/// <summary>An elementary function under test, as generic over the width as the function is.</summary>
internal interface IElementaryOperation
{
    static abstract TSimd Apply<TSimd>(TSimd x)
        where TSimd : unmanaged, ISimd<TSimd>;
}

internal readonly struct ExpOperation : IElementaryOperation
{
    public static TSimd Apply<TSimd>(TSimd x)
        where TSimd : unmanaged, ISimd<TSimd> => Elementary<TSimd>.Exp(x);
}

internal readonly struct LogOperation : IElementaryOperation
{
    public static TSimd Apply<TSimd>(TSimd x)
        where TSimd : unmanaged, ISimd<TSimd> => Elementary<TSimd>.Log(x);
}

internal readonly struct TanhOperation : IElementaryOperation
{
    public static TSimd Apply<TSimd>(TSimd x)
        where TSimd : unmanaged, ISimd<TSimd> => Elementary<TSimd>.Tanh(x);
}

internal readonly struct SigmoidOperation : IElementaryOperation
{
    public static TSimd Apply<TSimd>(TSimd x)
        where TSimd : unmanaged, ISimd<TSimd> => Elementary<TSimd>.Sigmoid(x);
}

internal readonly struct SineOperation : IElementaryOperation
{
    public static TSimd Apply<TSimd>(TSimd x)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        Elementary<TSimd>.SineCosine(x, TSimd.Broadcast(0), out var sine, out _);
        return sine;
    }
}

internal readonly struct CosineOperation : IElementaryOperation
{
    public static TSimd Apply<TSimd>(TSimd x)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        Elementary<TSimd>.SineCosine(x, TSimd.Broadcast(0), out _, out var cosine);
        return cosine;
    }
}

internal readonly struct ErfOperation : IElementaryOperation
{
    public static TSimd Apply<TSimd>(TSimd x)
        where TSimd : unmanaged, ISimd<TSimd> => Elementary<TSimd>.Erf(x);
}

internal readonly struct CumulativeOperation : IElementaryOperation
{
    public static TSimd Apply<TSimd>(TSimd x)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        Elementary<TSimd>.Normal(x, out var cumulative, out _);
        return cumulative;
    }
}

internal readonly struct DensityOperation : IElementaryOperation
{
    public static TSimd Apply<TSimd>(TSimd x)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        Elementary<TSimd>.Normal(x, out _, out var density);
        return density;
    }
}
