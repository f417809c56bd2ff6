using ApproxCluster.Trainer;

namespace ApproxCluster.Search.Tests;

public class EventCodecTests
{
    private static readonly EpochReport[] Epochs =
    [
        new(1, 0.1, 1.0 / 3, 1e-300, 5e-324, 0.001),
        new(2, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e22),
    ];

    public static TheoryData<string> Types => [.. Samples().Select(sample => EventCodec.Encode(sample).Type)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Encode_EachType_AsRecorded(string type)
    {
        var recorded = GoldenFile.Read($"{type}.json").TrimEnd('\n');

        var (name, payload) = EventCodec.Encode(Samples().Single(sample => EventCodec.Encode(sample).Type == type));

        Assert.Equal((type, recorded), (name, payload));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Decode_EachTypeAsRecorded_WritesTheSameBytes(string type)
    {
        var recorded = GoldenFile.Read($"{type}.json").TrimEnd('\n');

        var sweepEvent = EventCodec.Decode(type, recorded);

        Assert.Equal(recorded, EventCodec.Encode(sweepEvent).Payload);
        Assert.Equal(Samples().Single(sample => EventCodec.Encode(sample).Type == type).GetType(), sweepEvent.GetType());
    }

    [Fact]
    public void Samples_AllEventTypes_AreThere()
    {
        var types = typeof(SweepEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(SweepEvent)) && !type.IsAbstract);

        Assert.Equal(types.Select(type => type.Name).Order(), Samples().Select(sample => sample.GetType().Name).Order());
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Decode_KeysOfANewerVersion_Skipped(string type)
    {
        var recorded = GoldenFile.Read($"{type}.json").TrimEnd('\n');

        var sweepEvent = EventCodec.Decode(type, recorded[..^1] + ",\"newer\":{\"a\":[1]}}");

        Assert.Equal(recorded, EventCodec.Encode(sweepEvent).Payload);
    }

    [Fact]
    public void Decode_Epochs_BitsAreTheSame()
    {
        var (type, payload) = EventCodec.Encode(new SegmentFinished(0, 0, Epochs, false, null));

        var decoded = Assert.IsType<SegmentFinished>(EventCodec.Decode(type, payload));

        Assert.Equal(Epochs.Select(Bits), decoded.Epochs.Select(Bits));
    }

    [Fact]
    public void Encode_WallTimesAreKnown_LeavesThemOut()
    {
        var finished = new SegmentFinished(0, 0, Epochs, false, null);

        Assert.Equal(EventCodec.Encode(finished), EventCodec.Encode(finished with { Seconds = [0.25] }));
        Assert.Equal(
            EventCodec.Encode(new ResultBuffered(new SegmentResult(0, 1, 0, Epochs))),
            EventCodec.Encode(new ResultBuffered(new SegmentResult(0, 1, 0, Epochs) { Seconds = [0.25] })));
    }

    [Theory]
    [InlineData(EarlyEnd.None, "]]],\"diverged\":false,\"error\":null}")]
    [InlineData(EarlyEnd.Completed, "]]],\"diverged\":false,\"error\":null,\"end\":\"completed\"}")]
    [InlineData(EarlyEnd.Pruned, "]]],\"diverged\":false,\"error\":null,\"end\":\"pruned\"}")]
    public void Decode_EpochsOfAProgram_KeepTheirFiguresAndTheEnd(EarlyEnd end, string written)
    {
        EpochReport[] epochs = [new(1, double.NaN, 0.5, double.NaN, 1, double.NaN) { Figures = [1.5, double.NaN, double.NegativeInfinity] }, new(2, 1, 1, 1, 1, 1) { Figures = [] }];
        var (type, payload) = EventCodec.Encode(new SegmentFinished(0, 0, epochs, false, null) { End = end });

        var decoded = Assert.IsType<SegmentFinished>(EventCodec.Decode(type, payload));

        Assert.Equal(epochs, decoded.Epochs);
        Assert.Equal(end, decoded.End);
        Assert.EndsWith(written, payload, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_Parameters_KeepTheirKind()
    {
        var parameters = new Assignment(
        [
            KeyValuePair.Create("a", ParameterValue.Of(1.0)),
            KeyValuePair.Create("b", ParameterValue.Of(1L)),
            KeyValuePair.Create("c", ParameterValue.Of("1")),
            KeyValuePair.Create("d", ParameterValue.Of(1e300)),
        ]);
        var (type, payload) = EventCodec.Encode(new TrialCreated(0, 0, 0, ulong.MaxValue, parameters));

        var decoded = Assert.IsType<TrialCreated>(EventCodec.Decode(type, payload));

        Assert.Equal(parameters, decoded.Parameters);
        Assert.Equal(ulong.MaxValue, decoded.Seed);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("quote \" backslash \\ newline \n tab \t bell \u0007")]
    [InlineData("Grüße, 数 and \U0001F600 <&>'+")]
    public void Decode_Text_IsTheSame(string text)
    {
        var (type, payload) = EventCodec.Encode(new TrialEnded(0, TrialState.Failed, FailureReason.Error, text));

        Assert.Equal(text, Assert.IsType<TrialEnded>(EventCodec.Decode(type, payload)).Detail);
        Assert.DoesNotContain('\n', payload);
    }

    [Fact]
    public void Encode_LoneSurrogate_Replaced()
    {
        var (type, payload) = EventCodec.Encode(new TrialEnded(0, TrialState.Failed, FailureReason.Error, "a\ud800b"));

        Assert.Equal("a\ufffdb", Assert.IsType<TrialEnded>(EventCodec.Decode(type, payload)).Detail);
    }

    [Fact]
    public void Encode_TrialThatGoesOn_SaysFromWhere()
    {
        var created = new TrialCreated(5, 5, 0, 7, new([KeyValuePair.Create("width", ParameterValue.Of(8L))])) { From = new(2, 10) };

        var (type, payload) = EventCodec.Encode(created);

        Assert.EndsWith("\"from_trial\":2,\"from_epoch\":10}", payload, StringComparison.Ordinal);
        Assert.Equal(created, EventCodec.Decode(type, payload));
    }

    [Theory]
    [InlineData("trial_paused", "{\"trial\":1}")]
    [InlineData("trial_paused", "{\"trial\":1,\"rung\":")]
    [InlineData("trial_paused", "{\"trial\":\"x\",\"rung\":1}")]
    [InlineData("trial_ended", "{\"trial\":1,\"state\":\"gone\",\"reason\":\"none\",\"detail\":null}")]
    [InlineData("segment_finished", "{\"trial\":1,\"segment\":0,\"epochs\":[[1,2]],\"diverged\":false,\"error\":null}")]
    [InlineData("trial_vanished", "{}")]
    public void Decode_Fault_NamesTheType(string type, string payload)
    {
        var fault = Assert.Throws<InvalidDataException>(() => EventCodec.Decode(type, payload));

        Assert.Contains(type, fault.Message, StringComparison.Ordinal);
    }

    [Fact(Explicit = true)]
    public void Record()
    {
        foreach (var (type, payload) in Samples().Select(EventCodec.Encode))
        {
            GoldenFile.Write($"{type}.json", payload + "\n");
        }
    }

    private static SweepEvent[] Samples() =>
    [
        new HistoryTaken(
            "0f",
            1,
            [
                new(new([KeyValuePair.Create("width", ParameterValue.Of(64L)), KeyValuePair.Create("learning_rate", ParameterValue.Of(1.0))]), TrialState.Completed, 0.25),
                new(new([KeyValuePair.Create("width", ParameterValue.Of(8L))]), TrialState.Failed, null),
            ]),
        new SweepCreated(1, """{"name":"wave","seed":"7"}""", new(784, 10, TaskKind.Classification, MetricKind.Accuracy, 50000, 10000, 10000, "0f")),
        new TrialCreated(5, 2, 1, 18446744073709551615, new(
        [
            KeyValuePair.Create("learning_rate", ParameterValue.Of(0.001)),
            KeyValuePair.Create("encoding", ParameterValue.Of("fourier1d")),
            KeyValuePair.Create("encoding.fourier1d.order", ParameterValue.Of(4L)),
            KeyValuePair.Create("momentum", ParameterValue.Of(0.0)),
        ])),
        new SegmentStarted(5, 1, 3, 9, 1234567890123456789, 2234567890123456789),
        new SegmentFinished(5, 1, Epochs, true, null),
        new TrialPaused(5, 2),
        new TrialEnded(5, TrialState.Failed, FailureReason.LostTooOften, "lost 3 times"),
        new ScoringStarted([7, 3]),
        new TestScored(7, 9, 0.25, double.NaN),
        new SweepEnded(SweepStatus.Finished),
        new StopRequested(true),
        new ResultBuffered(new(5, 2, 1, Epochs, false, "out of \"memory\"", new(0.5, 0.75))),
        new AttemptLost(5, 2, "silo-1", "its worker was lost"),
        new OutputKept(5, "Traceback"),
        new PauseChanged(true),
        new TrialsRetried([3, 5]),
    ];

    private static string Bits(EpochReport report) => string.Join(
        ' ',
        new[] { report.TrainingLoss, report.ValidationLoss, report.TrainingMetric, report.ValidationMetric, report.LearningRate }
            .Select(BitConverter.DoubleToInt64Bits).Prepend(report.Epoch));
}
