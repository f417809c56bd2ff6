using System.Text.Json;
using System.Text.Json.Serialization;
using ApproxCluster.Contracts;
using ApproxCluster.Search;
using ApproxCluster.Trainer;
using Orleans.Serialization;

namespace ApproxCluster.Silo.Tests.Wire;

/// <summary>Every record that crosses the wire comes out as it went in, copied or serialized, to the last bit.</summary>
public sealed class RoundTripTests
{
    // Writes NaN, infinities and the sign of zero; doubles in shortest round-trip form. Records with lists compare by reference, so texts are compared.
    private static readonly JsonSerializerOptions Json = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new AssignmentText() },
    };

    private static readonly IServiceProvider Services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    private static readonly EpochReport Ordinary = new(1, 0.1, 1.0 / 3, 0.25, 0.5, 0.001);

    private static readonly EpochReport Extreme =
        new(int.MaxValue, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, -0.0);

    private static readonly TrialConfiguration Configuration = new()
    {
        Encoding = new(EncodingKind.Fourier1d, 1024, ScalerKind.Byte),
        HiddenWidths = [1, int.MaxValue],
        Activation = new(ActivationKind.Sine, double.MinValue, double.MaxValue),
        Loss = LossKind.BinaryCrossEntropy,
        Optimizer = new(OptimizerKind.RmsProp, 1e-300, 0.1, 0.2, 0.3, double.Epsilon, true, 0.4, 0.5),
        Schedule = new(ScheduleKind.Step, 1.0 / 3, 7),
        BatchSize = 1,
        Epochs = 1_000_000,
        Earlier = [new(7, new(OptimizerKind.RmsProp, 0.5, Beta2: 0.25), new(ScheduleKind.Step, 0.1, 3), 64)],
    };

    private static readonly Lease Lease = new()
    {
        Trial = 3,
        Attempt = int.MaxValue,
        Segment = 2,
        FromEpoch = 9,
        ToEpoch = 27,
        ScoreTest = true,
        Configuration = Configuration,
        Seed = ulong.MaxValue,
    };

    private static readonly SegmentResult Result = new(1, 2, 3, [Ordinary, Extreme], true, "Zeile 1\nüml\"aut", new TestScore(double.NaN, double.NegativeInfinity));

    private static readonly Assignment Point = new(
    [
        KeyValuePair.Create("a", ParameterValue.Of(long.MinValue)),
        KeyValuePair.Create("b.c", ParameterValue.Of(0.1 + 0.2)),
        KeyValuePair.Create("d", ParameterValue.Of("")),
    ]);

    public static TheoryData<string, object> Messages => new()
    {
        { "message", new WorkerMessage("10.0.0.1:11111@5", 4096, [new(1, 2), new(3, 4, 5)], [Result], [new(int.MaxValue, int.MinValue)]) },
        { "empty message", new WorkerMessage("", 0, [], [], []) },
        { "reply", new WorkerReply(SweepStatus.Scoring, [Lease], [new(1, 1)]) },
        { "lease", Lease },
        { "lease of a program", Lease with { Configuration = null, Parameters = Point } },
        { "result", Result },
        { "bare result", new SegmentResult(0, 1, 0, []) },
        { "result of a program", Result with { Epochs = [Ordinary with { Figures = [1, double.NaN] }, Extreme with { Figures = [] }], End = EarlyEnd.Pruned, Output = "last\nwords", Seconds = [0.25, null] } },
        { "attempt", new TrialAttempt(1, 2, 3) },
        { "report", Ordinary },
        { "extreme report", Extreme },
        { "score", new TestScore(1, -0.0) },
        { "configuration", Configuration },
        { "linear configuration", Configuration with { HiddenWidths = [] } },
        { "shape", new TargetShape(1, 2, TaskKind.Classification, MetricKind.Accuracy, 3, 4, 5, "abc") },
        { "description", new SweepDescription("id", "{\"name\":\"x\"}", new(1, 1, TaskKind.Regression, MetricKind.Psnr, 1, 1, 1)) },
        { "row", new LeaderboardRow(1, 2, [3, 4], Point, double.NaN, null, -1, double.PositiveInfinity, 0.1, 5, long.MaxValue, TrialState.Pruned, true, false) },
        { "continued row", new LeaderboardRow(1, 2, [3], Point, 0.5, null, null, null, 0.1, 5, 7, TrialState.Completed, true, false) { From = new(2, 9) } },
        { "progress", new EpochProgress(1, 2, Extreme, null) },
        { "page", new JournalPage(long.MaxValue, [new("sweep_created", "{}", DateTimeOffset.UnixEpoch.AddTicks(1))]) },
        { "submit reply", new SubmitReply(SubmitOutcome.Rejected, "no") },
        { "silo", new SiloView("n", "a", 1, 0, ["s"]) },
        {
            "sweep view", new SweepView
            {
                Sweep = "s", Status = SweepStatus.Paused, Trials = 1, TrialsEnded = 0, Sequence = 9, VirtualTime = long.MaxValue, Digest = "d",
                Running = [new(0, 1, Ordinary, 0.5)],
            }
        },
        {
            "summary", new SweepSummary
            {
                Sweep = "s", Name = "n", Spec = "{}", CreatedAt = DateTimeOffset.MaxValue, Status = SweepStatus.Finished,
                EndedAt = DateTimeOffset.UnixEpoch, Digest = "d", Trials = 2, TrialsEnded = 1, BestValue = double.NegativeInfinity, BestTrial = 0,
            }
        },
        {
            "trial view", new TrialView
            {
                Sweep = "s", Trial = 1, State = TrialState.Failed, Parameters = "{}", Configuration = Configuration, Attempt = 2, Worker = "w",
                Checkpoint = new(1, 2, 3, 4), Epochs = [new(1, 2, Extreme, 1)],
            }
        },
    };

    [Theory]
    [MemberData(nameof(Messages), DisableDiscoveryEnumeration = true)]
    public void Serialize_ThenDeserialize_GivesTheSame(string name, object message)
    {
        var serializer = Services.GetRequiredService<Serializer>();

        var back = serializer.Deserialize<object>(serializer.SerializeToArray(message))!;

        Assert.Equal(message.GetType(), back.GetType());
        Assert.True(Text(message) == Text(back), $"{name}: expected {Text(message)}, actual {Text(back)}");
    }

    [Theory]
    [MemberData(nameof(Messages), DisableDiscoveryEnumeration = true)]
    public void Copy_GivesTheSame(string name, object message)
    {
        var back = Services.GetRequiredService<DeepCopier>().Copy(message)!;

        Assert.True(Text(message) == Text(back), $"{name}: expected {Text(message)}, actual {Text(back)}");
    }

    [Fact]
    public void Serialize_Assignment_GivesTheSameKindsAndValues()
    {
        var serializer = Services.GetRequiredService<Serializer>();

        Assert.Equal(Point, serializer.Deserialize<Assignment>(serializer.SerializeToArray(Point)));
    }

    [Fact]
    public void Serialize_NotANumber_KeepsItsBits()
    {
        var serializer = Services.GetRequiredService<Serializer>();
        var odd = BitConverter.Int64BitsToDouble(unchecked((long)0xFFF8_0000_0000_1234));

        var back = serializer.Deserialize<TestScore>(serializer.SerializeToArray(new TestScore(odd, -0.0)))!;

        Assert.Equal(BitConverter.DoubleToInt64Bits(odd), BitConverter.DoubleToInt64Bits(back.Loss));
        Assert.Equal(BitConverter.DoubleToInt64Bits(-0.0), BitConverter.DoubleToInt64Bits(back.Metric));
    }

    [Theory]
    [InlineData(typeof(SweepNotFoundException))]
    [InlineData(typeof(SweepUnavailableException))]
    public void Serialize_Exception_KeepsTypeAndMessage(Type type)
    {
        var serializer = Services.GetRequiredService<Serializer>();
        var exception = (Exception)Activator.CreateInstance(type, "why")!;

        var back = serializer.Deserialize<Exception>(serializer.SerializeToArray<Exception>(exception))!;

        Assert.Equal((type, "why"), (back.GetType(), back.Message));
    }

    [Fact]
    public void EveryGrainMethod_HasAnAliasAndEndsWithACancellationToken()
    {
        var methods = typeof(ISweepGrain).Assembly.GetTypes()
            .Where(type => type.IsInterface && type.IsAssignableTo(typeof(IGrain)))
            .SelectMany(type => type.GetMethods())
            .ToList();

        Assert.NotEmpty(methods);
        Assert.All(methods, method =>
        {
            Assert.True(method.IsDefined(typeof(AliasAttribute), false), $"{method.DeclaringType!.Name}.{method.Name} has no alias.");
            Assert.Equal(typeof(CancellationToken), method.GetParameters()[^1].ParameterType);
        });
    }

    private static string Text(object value) => JsonSerializer.Serialize(value, value.GetType(), Json);

    private sealed class AssignmentText : JsonConverter<Assignment>
    {
        public override Assignment Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, Assignment value, JsonSerializerOptions options) =>
            writer.WriteStringValue(string.Join(';', value.Select(pair => $"{pair.Key}={pair.Value.Kind}:{pair.Value}")));
    }
}
