using System.Text;

namespace ApproxCluster.Engine.Tests;

public sealed class LineReaderTests
{
    [Fact]
    public void Read_LinesOfAnyEnd_ComeOneByOne()
    {
        Assert.Equal([("one", false), ("zwö", false), ("", false), ("last", false)], Lines("one\nzwö\r\n\nlast", 100));
        Assert.Empty(Lines("", 100));
    }

    [Fact]
    public void Read_LineThatIsTooLong_IsCut()
    {
        var text = new string('x', 20_000);

        Assert.Equal([("aaaa", true), ("b", false), ("xxxx", true)], Lines($"aaaaa\nb\n{text}", 4));
        Assert.Equal([(text, false)], Lines(text, 20_000));
    }

    private static List<(string Text, bool IsCut)> Lines(string text, int mostBytes)
    {
        var reader = new LineReader(new MemoryStream(Encoding.UTF8.GetBytes(text)), mostBytes);
        var lines = new List<(string, bool)>();
        while (reader.Read() is { } line)
        {
            lines.Add(line);
        }

        return lines;
    }
}
