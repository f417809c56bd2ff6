namespace ApproxCluster.Search.Tests;

public sealed class AssignmentTests
{
    private static readonly KeyValuePair<string, ParameterValue> Width = new("width", ParameterValue.Of(8L));
    private static readonly KeyValuePair<string, ParameterValue> Rate = new("learning_rate", ParameterValue.Of(0.5));
    private static readonly KeyValuePair<string, ParameterValue> Capital = new("Zeta", ParameterValue.Of("a"));

    [Fact]
    public void Enumerate_AnyOrderGiven_IsByPathOrdinally()
    {
        var assignment = new Assignment([Width, Capital, Rate]);

        Assert.Equal([Capital, Rate, Width], assignment);
        Assert.Equal("Zeta=a, learning_rate=0.5, width=8", assignment.ToString());
        Assert.Equal(assignment, new Assignment([Rate, Width, Capital]));
        Assert.NotEqual(assignment, new Assignment([Rate, Width]));
    }

    [Fact]
    public void Index_Path_IsItsValueOrNull()
    {
        var assignment = new Assignment([Width, Rate]);

        Assert.Equal(8, assignment["width"]!.Value.Whole);
        Assert.Null(assignment["depth"]);
    }

    [Fact]
    public void Create_PathTwice_NamesIt() =>
        Assert.Contains("Path width is given twice", Assert.Throws<ArgumentException>(() => new Assignment([Width, Rate, Width])).Message, StringComparison.Ordinal);
}
