namespace ApproxCluster.Search.Tests;

public sealed class GridSamplerTests : SamplerContract
{
    protected override string Word => "grid";

    protected override bool IsSeeded => false;

    protected override bool TakesRanges => false;

    [Fact]
    public void Suggest_AllCells_ComeInTheRecordedOrder()
    {
        var space = Read.Space(
            "{width: {int: [8, 24], step: 8}, encoding: {choice: [identity, {taylor: {order: {int: [1, 2]}}}]}, optimizer: {sgd: {momentum: {float: [0, 0.5], step: 0.5}}}}");
        var sampler = new GridSampler(space);
        var cells = Enumerable.Range(0, (int)sampler.Size!.Value).Select(number => sampler.Suggest(number, [])!)
            .Select(cell => $"{cell["width"]} {cell["encoding"]}{cell["encoding.taylor.order"]} {cell["optimizer.sgd.momentum"]}");

        Assert.Equal(
            [
                "8 identity 0", "8 identity 0.5", "8 taylor1 0", "8 taylor1 0.5", "8 taylor2 0", "8 taylor2 0.5",
                "16 identity 0", "16 identity 0.5", "16 taylor1 0", "16 taylor1 0.5", "16 taylor2 0", "16 taylor2 0.5",
                "24 identity 0", "24 identity 0.5", "24 taylor1 0", "24 taylor1 0.5", "24 taylor2 0", "24 taylor2 0.5",
            ],
            cells);
    }

    /// <summary>An outer parameter turns only under the values that do not state it for themselves: no cell comes twice.</summary>
    [Fact]
    public void Suggest_OwnParameters_ReplaceTheOuterOnes()
    {
        var sampler = new GridSampler(Read.Space(
            "{width: {choice: [8, 16]}, encoding: {choice: [identity: {widths: [3]}, taylor: {width: 4}, fourier1d]}, optimizer: {choice: [adam: {learning_rate: 0.1}, sgd]}, learning_rate: {choice: [1, 2]}}"));
        string[] paths = ["encoding", "encoding.identity.widths", "encoding.taylor.width", "width", "depth", "optimizer", "optimizer.adam.learning_rate", "learning_rate"];
        var cells = Enumerable.Range(0, (int)sampler.Size!.Value).Select(number => sampler.Suggest(number, [])!)
            .Select(cell => string.Join(' ', paths.Select(path => cell[path]).Where(value => value is not null)));

        Assert.Equal(
            [
                "identity 3 adam 0.1", "identity 3 sgd 1", "identity 3 sgd 2", "taylor 4 2 adam 0.1", "taylor 4 2 sgd 1", "taylor 4 2 sgd 2",
                "fourier1d 8 2 adam 0.1", "fourier1d 8 2 sgd 1", "fourier1d 8 2 sgd 2", "fourier1d 16 2 adam 0.1", "fourier1d 16 2 sgd 1", "fourier1d 16 2 sgd 2",
            ],
            cells);
    }

    [Fact]
    public void Suggest_BeyondTheEnd_IsNull()
    {
        var sampler = new GridSampler(Space("nested"));

        Assert.Equal(12, sampler.Size);
        Assert.NotNull(sampler.Suggest(11, []));
        Assert.Null(sampler.Suggest(12, []));
    }

    [Theory]
    [InlineData("fixed", 1)]
    [InlineData("whole", 15)]
    [InlineData("whole step", 4)]
    [InlineData("whole log", 16384)]
    [InlineData("one whole", 1)]
    [InlineData("real step", 7)]
    [InlineData("lists", 3)]
    [InlineData("own", 51)]
    [InlineData("one real", 1)]
    public void Size_Space_CountsItsCells(string space, long size) => Assert.Equal(size, new GridSampler(Space(space)).Size);

    [Fact]
    public void Suggest_AllCells_Differ()
    {
        var sampler = new GridSampler(Space("nested"));

        Assert.Equal(12, Enumerable.Range(0, 12).Select(number => sampler.Suggest(number, [])).Distinct().Count());
    }
}
