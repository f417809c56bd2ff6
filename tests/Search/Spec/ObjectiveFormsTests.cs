namespace ApproxCluster.Search.Tests;

public sealed class ObjectiveFormsTests
{
    [Fact]
    public void Read_WeightAndLimit_BothHeld()
    {
        var objective = Read.Spec("target: digits\nobjective: {maximize: validation.accuracy, gap_weight: 0.5, where: gap <= 0.05}").Objective;

        Assert.Equal((true, "validation.accuracy", 0.5, 0.05), (objective.Maximize, objective.Metric, objective.GapWeight, objective.GapLimit));
        Assert.Empty(objective.Further);
    }

    [Fact]
    public void Read_List_FirstAndFurther()
    {
        var objective = Read.Spec("target: digits\nobjective: [{maximize: validation.accuracy}, {minimize: parameters}, {minimize: gap}]").Objective;

        Assert.Equal("validation.accuracy", objective.Metric);
        Assert.Equal([new(false, "parameters"), new FurtherObjective(false, "gap")], objective.Further);
        Assert.Equal(3, objective.Count);
    }

    [Theory]
    [InlineData("{maximize: validation.accuracy}", "\"objective\":{\"maximize\":\"validation.accuracy\"}")]
    [InlineData("{maximize: validation.accuracy, gap_weight: 0}", "\"objective\":{\"maximize\":\"validation.accuracy\"}")]
    [InlineData("[{maximize: validation.accuracy}]", "\"objective\":{\"maximize\":\"validation.accuracy\"}")]
    [InlineData("{gap_weight: 2, where: gap<=1e-5, minimize: validation.loss}", "\"objective\":{\"minimize\":\"validation.loss\",\"gap_weight\":2,\"where\":\"gap <= 1E-05\"}")]
    [InlineData("[{maximize: validation.accuracy, gap_weight: 0.5}, {minimize: flops}]", "\"objective\":[{\"maximize\":\"validation.accuracy\",\"gap_weight\":0.5},{\"minimize\":\"flops\"}]")]
    public void Canonical_AnyForm_OnlyWhatIsUsedAndReadsBack(string text, string expected)
    {
        var spec = Read.Spec($"target: digits\nobjective: {text}");
        var canonical = SweepFile.Canonical(spec);

        Assert.Contains(expected + ",", canonical, StringComparison.Ordinal);
        Assert.Equal(canonical, SweepFile.Canonical(Read.Spec(canonical)));
        Assert.Empty(SchemaCheck.Faults(SweepSchema.Root(), SchemaCheck.Json(YamlTree.Read(canonical)!)));
    }

    [Theory]
    [InlineData("{maximize: validation.accuracy, gap_weight: -1}", "gap_weight is '-1', but must be a number from 0 to 1000")]
    [InlineData("{maximize: validation.accuracy, where: gap < 1}", "where is 'gap < 1', but must be a limit on the gap, gap <= NUMBER. Write 'where: gap <= 0.05'.")]
    [InlineData("{maximize: validation.accuracy, were: gap <= 1}", "were")]
    [InlineData("{maximize: validation.accuracy, minimize: validation.loss}", "must be one entry, minimize: METRIC or maximize: METRIC")]
    [InlineData("[]", "objective is a list of 0, but must be one objective or a list of at most 5")]
    [InlineData("[{minimize: parameters}]", "parameters")]
    [InlineData("[{maximize: validation.accuracy}, {maximize: parameters}]", "objective[1] is to maximize parameters, but must be to minimize it: lower is better")]
    [InlineData("[{maximize: validation.accuracy}, {minimize: gap}, {minimize: gap}]", "objective[2] is gap, but must be another one")]
    [InlineData("[{maximize: validation.accuracy}, {minimize: gap, gap_weight: 1}]", "gap_weight")]
    [InlineData("[{maximize: validation.accuracy}, {minimize: validation.rmse}]", "objective is validation.rmse, but must be one of validation.loss, validation.accuracy")]
    public void Read_Faulty_NamesPlaceAndRule(string text, string expected) =>
        Assert.Contains(expected, Read.Fault($"target: digits\nobjective: {text}"), StringComparison.Ordinal);
}
