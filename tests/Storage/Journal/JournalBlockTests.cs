using System.Buffers;
using System.Text;
using ApproxCluster.Search;

namespace ApproxCluster.Storage.Tests;

public class JournalBlockTests
{
    public static TheoryData<string> Texts =>
    [
        "null", "true", "false", "0", "-0", "127", "128", "-1", "9223372036854775807", "-9223372036854775808", "9223372036854775808", "1.0", "-1.0", "-0.0", "0.1", "0.001", "1E-05",
        "5E-324", "1.7976931348623157E+308", "1E+22", "0.30000000000000004", "123456789.125", "1.10", "1e5", "12345678901234567890123", "\"\"", "\"NaN\"",
        "\"18446744073709551615\"", "\"18446744073709551616\"", "\"007\"", "\"281474976710656\"", "\"281474976710655\"", "\"quote \\\" back \\\\ nul \\u0000 \u00e4 \U0001F600\"",
        "[]", "[1,[2,[]],[]]", "{}", """{"a":{"a":1,"b":{}},"a":[{"":null}]}""", "[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16]",
    ];

    public static TheoryData<string> Recorded =>
        [.. Directory.GetFiles(Goldens(), "*.json").Concat(Directory.GetFiles(Goldens(), "*.jsonl")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Value_AnyJson_ReadsBackByteForByte(string text)
    {
        var words = new NewWords(new([]));
        var writer = new PackedWriter(words);
        writer.Value(Encoding.UTF8.GetBytes(text));

        Assert.Equal(text, Read(writer.Written, words.All));
    }

    [Theory]
    [MemberData(nameof(Recorded))]
    public void Value_RecordedJournals_ReadBackByteForByte(string file)
    {
        var words = new JournalWords([]);
        foreach (var line in File.ReadLines(Path.Combine(Goldens(), file)))
        {
            var more = new NewWords(words);
            var writer = new PackedWriter(more);
            writer.Value(Encoding.UTF8.GetBytes(line));
            words = more.All;
            Assert.Equal(line, Read(writer.Written, words));
        }
    }

    [Fact]
    public void Value_MoreWordsThanThereIsRoomFor_ReadsBack()
    {
        var words = new JournalWords([]);
        for (var number = 0; number < 3000; number++)
        {
            var text = $$"""{"key{{number}}":"value{{number}}","text":"{{new string('x', number % 50)}}"}""";
            var more = new NewWords(words);
            var writer = new PackedWriter(more);
            writer.Value(Encoding.UTF8.GetBytes(text));
            words = more.All;
            Assert.Equal(text, Read(writer.Written, words));
        }

        Assert.Equal(1200, words.Count);
    }

    [Fact]
    public void Pack_ManyEvents_BlocksFollowOneAnotherAndStaySmall()
    {
        var events = Enumerable.Range(0, 500).Select(SweepEvent (number) => Trial(number)).Append(new PauseChanged(true)).ToList();
        var words = new NewWords(new([]));

        var blocks = JournalBlock.Pack(7, events, words);

        Assert.Equal(blocks.Select(block => block.Sequence), blocks.Select((_, index) => 7L + blocks.Take(index).Sum(block => block.Count)));
        Assert.All(blocks, block => Assert.InRange(block.Payload.Length, 2, 1900));
        var entries = blocks.SelectMany(block => block.Unpack(words.All)).ToList();
        Assert.Equal(events.Select(one => EventCodec.Encode(one).Payload), entries.Select(entry => Encoding.UTF8.GetString(entry.Json.Span)));
        Assert.Equal(events.Select(one => one.IsCanonical), entries.Select(entry => entry.IsCanonical));
    }

    [Fact]
    public void Pack_TrialLikeTheOneBefore_TakesItsNumbersAndLittleMore()
    {
        var words = new NewWords(new([]));
        JournalBlock.Pack(0, [Trial(0)], words);

        var block = Assert.Single(JournalBlock.Pack(1, [Trial(1)], words));

        // Version, object and type, three numbers, seed, parameters: two reals, a word and a whole number.
        Assert.Equal(1 + 2 + 3 + 9 + (1 + 9 + 9 + 1 + 1), block.Payload.Length);
        Assert.Empty(new NewWords(words.All).Added);
    }

    [Theory]
    [InlineData(new byte[] { 2, 0 })]
    [InlineData(new byte[] { 1, 0x85, 0 })]
    [InlineData(new byte[] { 1, 0xA0 })]
    [InlineData(new byte[] { })]
    public void Unpack_BytesThatAreNone_SaysSo(byte[] payload) =>
        Assert.Throws<InvalidDataException>(() => new JournalBlock(0, 1, payload).Unpack(new([])));

    [Fact]
    public void Unpack_RecordedBlock_GivesWhatItHeld()
    {
        var words = new JournalWords(["[\"type\",\"trial\",\"x\",\"list\",\"seed\",\"t\",\"o\"]", "segment", "[\"a\"]"]);
        var bytes = Convert.FromHexString(
            "01" + "8F" + "D0" + "A1" + "83AC02" + "85182D4454FB210940" + "938602FD" + "8701" + "84E707" + "89FFFFFFFFFFFFFFFF" + "8A0568C3A96C6F" + "8D018A01628E02" + "82");

        var (json, isCanonical) = Assert.Single(new JournalBlock(0, 1, bytes).Unpack(words));

        Assert.False(isCanonical);
        Assert.Equal(
            """{"type":"segment","trial":428,"x":3.141592653589793,"list":[0.001,-1.0,-1000],"seed":"18446744073709551615","t":"h\u00e9lo","o":{"b":{"a":true}}}""".Replace("\\u00e9", "\u00e9", StringComparison.Ordinal),
            Encoding.UTF8.GetString(json.Span));
    }

    private static TrialCreated Trial(int number) => new(
        number,
        number,
        0,
        ulong.MaxValue - (ulong)number,
        new Assignment(
        [
            new("rate", ParameterValue.Of(0.1 / 3)), new("decay", ParameterValue.Of(1.0 / (7 + (2 * number)))), new("kind", ParameterValue.Of("relu")), new("width", ParameterValue.Of(8L)),
        ]));

    private static string Read(ReadOnlySpan<byte> packed, JournalWords words)
    {
        var json = new ArrayBufferWriter<byte>();
        var reader = new PackedReader(packed, words, json);
        reader.Value();
        Assert.True(reader.IsAtEnd);
        return Encoding.UTF8.GetString(json.WrittenSpan);
    }

    private static string Goldens()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ApproxCluster.sln")))
        {
            folder = folder.Parent!;
        }

        return Path.Combine(folder.FullName, "tests", "Search", "Golden");
    }
}
