namespace ApproxCluster.Search.Tests;

public sealed class ConstraintFaultTests
{
    private const string Space = "target: curve\nspace: {width: {int: [1, 64]}, optimizer: {choice: [adam, sgd: {momentum: {float: [0, 0.9]}}]}, activation: {ordinal: [relu, tanh]}}\n";

    [Theory]
    [InlineData("width <", "3:15: where: Expression ends here, but must be a number, a 'word', a parameter, a function or (. Complete the expression.")]
    [InlineData("widht < 3", "3:8: where: Parameter is 'widht', but must be one that this space has. Did you mean 'width'?")]
    [InlineData("width < 9 and momentum > 0", "3:22: where: Parameter is 'momentum', but must be one that this space has. Write its whole path: optimizer.sgd.momentum.")]
    [InlineData("optimizer == sgd", "3:21: where: Parameter is 'sgd', but must be one that this space has. Put words in quotes: 'sgd'.")]
    [InlineData("optimizer == 'sdg'", "3:21: where: Word is 'sdg', but must be one of the values of optimizer here, adam, sgd. Did you mean 'sgd'?")]
    [InlineData("optimizer < 'sgd'", "3:8: where: Token is 'optimizer', but must be a number. It gives a word; compare like with like.")]
    [InlineData("width == 'x'", "3:17: where: Token is 'x', but must be a number, as the other side is. It gives a word; compare like with like.")]
    [InlineData("width", "3:8: where: Token is 'width', but must be a comparison. Compare it with something.")]
    [InlineData("1 < width < 3", "3:18: where: Token is '<', but must be the end, an operator, and or or. Write 'a < b and b < c' for a chain.")]
    [InlineData("width = 3", "3:14: where: Sign is '=', but must be one of == != <= >= < > + - * / ( ) ,. Write == for equal.")]
    [InlineData("width < 3 && width > 1", "3:18: where: Sign is '&', but must be one of == != <= >= < > + - * / ( ) ,. Write and.")]
    [InlineData("(width < 3", "3:18: where: Expression ends here, but must be ')' or an operator. Add ')'.")]
    [InlineData("sqrt(width) < 3", "3:8: where: Token is 'sqrt', but must be a function, one of min, max, log2, abs, exists. Use one of them.")]
    [InlineData("log2(width, 2) < 3", "3:8: where: log2 has 2 arguments, but must have 1. Change them.")]
    [InlineData("min(width) < 3", "3:8: where: min has 1 arguments, but must have 2 to 16. Change them.")]
    [InlineData("width < 1x", "3:16: where: Number is '1x', but must be a finite decimal number such as 64, 0.1 or 1e-3. Rewrite it.")]
    [InlineData("width > 65", "3:8: where: where leaves 0 of 4096 random points, but must leave at least 4. Loosen it, or narrow the ranges to what it leaves.")]
    [InlineData("{}", "3:8: where: An expression is an empty mapping, but must be a text. Write 'width * depth <= 512'.")]
    [InlineData("{a: 1}", "3:8: where: An expression is a mapping, but must be a text. Write 'width * depth <= 512'.")]
    [InlineData("", "3:7: where: where is empty, but must be an expression, or a list of them, 100 at most. Write 'where: width * depth <= 512'.")]
    public void Parse_BadExpression_SaysWhereAndWhat(string expression, string fault) =>
        Assert.Equal($"test.yaml:{fault}", Read.Fault($"{Space}where: {expression}"));

    [Theory]
    [InlineData("forbid: {width: 70}", "3:17: forbid.width: width is '70', but must be a whole number from 1 to 64. Change it, or widen the space.")]
    [InlineData("forbid: [{optimizer: sgd}, {momentum: 0}]", "3:29: forbid[1].momentum: Parameter is 'momentum', but must be one that this space has. Write its whole path, such as optimizer.sgd.momentum.")]
    [InlineData("forbid: [{optimizer: nadam}]", "3:22: forbid[0].optimizer: optimizer is 'nadam', but must be one of adam, sgd. Change it, or widen the space.")]
    [InlineData("forbid: [width]", "3:10: forbid[0]: A combination is 'width', but must be a mapping of parameters to values. Write {width: 64, optimizer: sgd}.")]
    public void Parse_BadCombination_SaysWhereAndWhat(string line, string fault) =>
        Assert.Equal($"test.yaml:{fault}", Read.Fault($"{Space}{line}"));

    [Fact]
    public void Parse_SeveralExpressions_EachFaultHasItsPlace() =>
        Assert.Equal(
            [
                "test.yaml:4:16: where[0]: Number is '1x', but must be a finite decimal number such as 64, 0.1 or 1e-3. Rewrite it.",
                "test.yaml:5:6: where[1]: Parameter is 'w', but must be one that this space has. 'approx check' lists their paths; words stand in quotes.",
                "test.yaml:6:5: where[2]: At character 9: Number is '1y', but must be a finite decimal number such as 64, 0.1 or 1e-3. Rewrite it.",
            ],
            Read.Faults($"{Space}where:\n  - width < 5 + 1x\n  - \"w < 1\"\n  - >-\n    width <\n    1y\n".Replace("width < 5 + 1x", "width <    1x", StringComparison.Ordinal)));

    [Fact]
    public void Parse_FaultySpace_RulesAreNotBlamedForIt() =>
        Assert.Equal(["test.yaml:1:16: space.width: width is '0', but must be a whole number from 1 to 16384. Give such a value, or search with {int: [low, high]} or {choice: [...]}."],
            Read.Faults("space: {width: 0}\ntarget: curve\nwhere: width * depth < 5\nforbid: {width: 0}"));
}
