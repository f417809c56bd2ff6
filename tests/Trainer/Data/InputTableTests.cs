using System.Text;

namespace ApproxCluster.Trainer.Tests;

public sealed class InputTableTests
{
    [Theory]
    [InlineData("a,b\n1,2\n3,4\n", "a,b", new[] { 1f, 2, 3, 4 })]
    [InlineData("b,c,a\n1,9,2\n3,9,4\n", "a,b", new[] { 2f, 1, 4, 3 })]
    [InlineData("1,2\n3,4", "a,b", new[] { 1f, 2, 3, 4 })]
    [InlineData("1,2,3\n4,5,6\n", "1,3", new[] { 1f, 3, 4, 6 })]
    [InlineData("a,b\n", "a,b", new float[0])]
    [InlineData("\" a \";b\n1e3;-2\n", "a;b", new[] { 1000f, -2 })]
    public void Read_SoundTable_PicksTheColumns(string text, string columns, float[] expected)
    {
        var delimiter = columns.Contains(';', StringComparison.Ordinal) ? ';' : ',';

        var table = Read(text, delimiter, columns.Split(delimiter));

        Assert.Equal(expected, table.X);
        Assert.Equal(expected.Length / 2, table.Rows);
    }

    [Theory]
    [InlineData("", "it is empty, but must hold rows of a, b")]
    [InlineData("1,2,3\n", "t:1:1: the row's number of fields is 3, but must be 2 (a, b)")]
    [InlineData("a,bb\n1,2\n", "columns named 'b' are 0, but must be 1; the first row has a, bb.")]
    [InlineData("a,b,b\n1,2,3\n", "columns named 'b' are 2, but must be 1; the first row has a, b, b.\nCorrect the first row.")]
    [InlineData("a,c\n1,2\n", "columns named 'b' are 0, but must be 1; the first row has a, c.\nCorrect the first row.")]
    [InlineData("a;b\n1;2\n", "the first row has a;b.\nCorrect the first row; what separates its fields must be ','.")]
    [InlineData("a,b\n1,NaN\n2,\n", "t:2:3: b is 'NaN', but must be a finite number.\nt:3:3: b is '', but must be a finite number.\nCorrect these fields.")]
    [InlineData("a,b\n1,2\n1\n", "t:3:1: the row's number of fields is 1, but must be 2, as in the first row.")]
    public void Read_FaultyTable_SaysWhereAndWhat(string text, string says) =>
        Assert.Contains(says, Assert.Throws<TargetException>(() => Read(text, ',', ["a", "b"])).Message, StringComparison.Ordinal);

    private static InputTable Read(string text, char delimiter, string[] columns) =>
        InputTable.Read("t", new MemoryStream(Encoding.UTF8.GetBytes(text)), delimiter, columns);
}
