namespace ApproxCluster.Search.Tests;

public sealed class WhereConstraintTests
{
    private static readonly SearchSpace Space = Read.Space(
        "{width: {int: [1, 64]}, depth: 3, learning_rate: {float: [1e-4, 1]}, optimizer: {choice: [adam, {sgd: {momentum: {float: [0, 0.9]}}}]}, activation: {choice: [relu, tanh]}}");

    [Theory]
    [InlineData("width == 16", true)]
    [InlineData("width != 16", false)]
    [InlineData("width * depth <= 48", true)]
    [InlineData("width*depth<48", false)]
    [InlineData("1 + 2 * 3 == 7 and (1 + 2) * 3 == 9", true)]
    [InlineData("8 - 4 - 2 == 2 and 8 / 4 / 2 == 1", true)]
    [InlineData("-width + 17 == 1 and - -2 == 2 and 3 - -2 == 5", true)]
    [InlineData("log2(width) == 4 and abs(-2) == 2 and min(3, width, 2) == 2 and max(3, width) == 16", true)]
    [InlineData("optimizer == 'adam'", true)]
    [InlineData("\"sgd\" == optimizer", false)]
    [InlineData("not optimizer == 'adam'", false)]
    [InlineData("not not optimizer == 'adam'", true)]
    [InlineData("width > 20 or learning_rate < 1e-2 and width > 20", false)]
    [InlineData("(width > 20 or learning_rate < 1) and width > 2", true)]
    [InlineData("exists(optimizer.sgd.momentum)", false)]
    [InlineData("exists(width) and not exists(optimizer.sgd.momentum)", true)]
    public void Allows_Point_IsWhatTheExpressionSays(string expression, bool allowed) =>
        Assert.Equal(allowed, WhereConstraint.Parse(expression, Space).Allows(Point));

    [Theory]
    [InlineData("optimizer.sgd.momentum < 0.5", true)]
    [InlineData("not optimizer.sgd.momentum < 0.5", true)]
    [InlineData("optimizer.sgd.momentum + 1 > 9", true)]
    [InlineData("optimizer.sgd.momentum < 0.5 and width > 20", false)]
    [InlineData("width > 20 and optimizer.sgd.momentum < 0.5", false)]
    [InlineData("optimizer.sgd.momentum < 0.5 or width > 20", true)]
    [InlineData("not (optimizer.sgd.momentum < 0.5 or width == 16)", false)]
    [InlineData("log2(-1) < 0", true)]
    [InlineData("1 / 0 < 0", false)]
    public void Allows_ParameterDoesNotExist_ForbidsOnlyWhatIsFalseAnyhow(string expression, bool allowed) =>
        Assert.Equal(allowed, WhereConstraint.Parse(expression, Space).Allows(Point));

    [Theory]
    [InlineData("  width*(depth) <=4.80e1 ", "width * depth <= 48")]
    [InlineData("(width>1 and depth<2) or width>3", "width > 1 and depth < 2 or width > 3")]
    [InlineData("width>1 and (depth<2 or width>3)", "width > 1 and (depth < 2 or width > 3)")]
    [InlineData("width-(depth-1)==(width-depth)-1", "width - (depth - 1) == width - depth - 1")]
    [InlineData("not (width>1) and not(width>1 or depth>1)", "not width > 1 and not (width > 1 or depth > 1)")]
    [InlineData("optimizer==\"sgd\" or -(width+1)*2 < -3", "optimizer == 'sgd' or (0 - (width + 1)) * 2 < -3")]
    public void Text_AnySpelling_IsTheOneAndParsesBack(string expression, string text)
    {
        var parsed = WhereConstraint.Parse(expression, Space);

        Assert.Equal(text, parsed.Text);
        Assert.Equal(text, WhereConstraint.Parse(text, Space).Text);
    }

    [Fact]
    public void Allows_ForbiddenCombination_OnlyWhereAllItsValuesAre()
    {
        var forbidden = new ForbidConstraint(new([KeyValuePair.Create("width", ParameterValue.Of(16L)), KeyValuePair.Create("optimizer", ParameterValue.Of("adam"))]));

        Assert.False(forbidden.Allows(Point));
        Assert.True(forbidden.Allows(new(Point.Where(pair => pair.Key != "width"))));
    }

    private static Assignment Point { get; } = new(
    [
        KeyValuePair.Create("width", ParameterValue.Of(16L)),
        KeyValuePair.Create("depth", ParameterValue.Of(3L)),
        KeyValuePair.Create("learning_rate", ParameterValue.Of(0.01)),
        KeyValuePair.Create("optimizer", ParameterValue.Of("adam")),
        KeyValuePair.Create("activation", ParameterValue.Of("relu")),
    ]);
}
