namespace ApproxCluster.Trainer.Tests;

/// <summary>Every target without files, small.</summary>
public sealed class DrawnTargetTests
{
    public static TheoryData<string, string> Kinds => new()
    {
        { "curve", "formula=absolute,samples=20,noise=0.1" },
        { "curve", "formula=chirp,samples=20" },
        { "curve", "formula=line,samples=20,noise=0.3" },
        { "curve", "formula=runge,samples=20" },
        { "curve", "formula=sine,samples=20" },
        { "curve", "formula=smooth,samples=20" },
        { "curve", "formula=square_wave,samples=20" },
        { "curve", "formula=step,samples=20" },
        { "curve", "formula=two_waves,samples=20,noise=0.05" },
        { "digits", "samples=20,validation=10,test=10" },
        { "digits", "samples=20,validation=10,test=10,size=28,jitter=2,noise=0" },
        { "image", "" },
        { "image", "size=16,color=grey" },
        { "image", "size=16,split=fit" },
        { "mandelbrot", "samples=50,variant=bands" },
        { "mandelbrot", "samples=50,variant=log_smooth" },
        { "mandelbrot", "samples=50,variant=member" },
        { "mandelbrot", "samples=50,variant=periodic" },
        { "mandelbrot", "samples=50,variant=smooth,iterations=30" },
        { "points", "shape=blobs,samples=20" },
        { "points", "shape=circles,samples=20" },
        { "points", "shape=line,samples=20" },
        { "points", "shape=moons,samples=20" },
        { "points", "shape=spirals,samples=20,noise=0" },
    };

    // A fit scores the pixels it learned, as documented.
    public static IEnumerable<TheoryDataRow<string, string>> KindsThatHoldOut =>
        Kinds.Where(row => !row.Data.Item2.Contains("split=fit", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Load_AnyKind_AgreesWithItsShape(string kind, string options)
    {
        var target = TestTarget.Target(kind, Split(options));

        TargetShapeCheck.Agrees(target);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Load_Twice_GivesTheSameBits(string kind, string options)
    {
        Assert.Equal(TestTarget.Digest(TestTarget.Target(kind, Split(options))), TestTarget.Digest(TestTarget.Target(kind, Split(options))));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Load_AnotherSeed_GivesOtherSamplesButForPicturesThatFit(string kind, string options)
    {
        var (one, two) = (TestTarget.In("", kind, 1, Split(options)).Load(), TestTarget.In("", kind, 2, Split(options)).Load());

        var fit = options.Contains("split=fit", StringComparison.Ordinal);
        Assert.Equal(fit, TestTarget.Digest(one.Validation) == TestTarget.Digest(two.Validation));
        Assert.Equal(kind == "image", TestTarget.Digest(one.Training) == TestTarget.Digest(two.Training));
    }

    [Theory]
    [MemberData(nameof(KindsThatHoldOut))]
    public void Load_AnyKindThatHoldsOut_KeepsSplitsApart(string kind, string options)
    {
        var target = TestTarget.Target(kind, Split(options));

        var rows = new[] { target.Load().Training, target.Load().Validation, target.LoadTest() }.SelectMany(Rows).ToArray();

        Assert.Equal(rows.Length, rows.Distinct().Count());
    }

    [Theory]
    [InlineData("curve", "noise=0.1")]
    [InlineData("digits", "validation=10,test=10")]
    [InlineData("mandelbrot", "validation=10,test=10")]
    [InlineData("points", "shape=line")]
    public void Load_FewerSamples_IsTheBeginningOfMore(string kind, string options)
    {
        var few = TestTarget.Target(kind, [.. Split(options), "samples=20"]).Load().Training;
        var more = TestTarget.Target(kind, [.. Split(options), "samples=40"]).Load().Training;

        Assert.Equal(few.X, more.X[..few.X.Length]);
    }

    internal static string[] Split(string options) => options.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> Rows(Samples samples) =>
        samples.X.Chunk(samples.Inputs).Select(row => string.Join(' ', row.Select(value => BitConverter.SingleToInt32Bits(value))));
}
