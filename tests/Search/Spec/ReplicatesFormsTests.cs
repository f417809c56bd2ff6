namespace ApproxCluster.Search.Tests;

public sealed class ReplicatesFormsTests
{
    [Fact]
    public void Read_Race_AllItsSettings()
    {
        var spec = Read.Spec("{target: curve, replicates: {race: 8, min: 2, confidence: 0.9, corrected: true}, confirm: 5, overtuning: true}");

        Assert.Equal((8, new RaceSpec(2, 0.9, true), 5, true), (spec.Replicates, spec.Race, spec.Confirm, spec.Overtuning));
        Assert.Equal(new RaceSpec(), Read.Spec("{target: curve, replicates: {race: 8}}").Race);
    }

    [Theory]
    [InlineData("replicates: 3", "\"replicates\":3,\"epochs\":20}")]
    [InlineData("replicates: 3, confirm: 0, overtuning: false", "\"replicates\":3,\"epochs\":20}")]
    [InlineData("replicates: {race: 3}, confirm: 2", "\"replicates\":{\"race\":3,\"min\":1,\"confidence\":0.95},\"confirm\":2,\"epochs\":20}")]
    [InlineData("replicates: {race: 3, corrected: false}", "\"replicates\":{\"race\":3,\"min\":1,\"confidence\":0.95},\"epochs\":20}")]
    [InlineData("replicates: {race: 3, corrected: true}", "\"replicates\":{\"race\":3,\"min\":1,\"confidence\":0.95,\"corrected\":true},\"epochs\":20}")]
    [InlineData("overtuning: true", "\"replicates\":1,\"overtuning\":true,\"epochs\":20}")]
    public void Canonical_AnyForm_OnlyWhatIsUsedAndReadsBack(string text, string expected)
    {
        var canonical = SweepFile.Canonical(Read.Spec($"{{target: curve, {text}}}"));

        Assert.EndsWith(expected, canonical, StringComparison.Ordinal);
        Assert.Equal(canonical, SweepFile.Canonical(Read.Spec(canonical)));
        Assert.Empty(SchemaCheck.Faults(SweepSchema.Root(), SchemaCheck.Json(YamlTree.Read(canonical)!)));
    }

    [Theory]
    [InlineData("{min: 2}", "race is missing, but must be given")]
    [InlineData("{race: 1}", "race is '1', but must be a whole number from 2 to 100. Change it.")]
    [InlineData("{race: 3, min: 4}", "min is '4', but must be at most race, which is 3. Lower it, or raise race.")]
    [InlineData("{race: 3, confidence: 1}", "confidence is '1', but must be a number from 0.5 to 0.9999")]
    [InlineData("{race: 3, most: 4}", "most")]
    [InlineData("[3]", "replicates is a list of 1, but must be a whole number from 1 to 100")]
    public void Read_Faulty_NamesValueAndRule(string text, string expected) =>
        Assert.Contains(expected, Read.Fault($"{{target: curve, replicates: {text}}}"), StringComparison.Ordinal);

    [Fact]
    public void Read_GridWithRace_TrialsAreCellsTimesSeedsByDefaultAndAtMost()
    {
        const string Grid = "target: curve, sampler: grid, space: {width: {choice: [1, 2, 3]}}, replicates: {race: 4}";

        Assert.Equal(12, Read.Spec($"{{{Grid}}}").Trials);
        Assert.Equal(7, Read.Spec($"{{{Grid}, trials: 7}}").Trials);
        Assert.Equal(12, Read.Spec($"{{{Grid}, trials: 99}}").Trials);
    }
}
