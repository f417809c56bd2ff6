using System.Text.Json.Nodes;

namespace ApproxCluster.Search.Tests;

public sealed class SweepSchemaTests
{
    private static readonly JsonObject Schema = JsonNode.Parse(SweepSchema.Generate())!.AsObject();

    [Fact]
    public void Generate_ShippedFile_IsUpToDate() => Repository.IsUpToDate(Repository.File("docs", "sweep.schema.json"), SweepSchema.Generate());

    [Fact]
    public void Generate_RandomSweepsAndTheirCanonicalForms_AreAccepted()
    {
        for (var seed = 0UL; seed < 100; seed++)
        {
            var text = new RandomSweeps(seed).Next();

            Assert.Empty(Faults(text));
            Assert.Empty(Faults(SweepFile.Canonical(Read.Spec(text))));
        }
    }

    [Theory]
    [InlineData("{trials: 3}")]
    [InlineData("{target: curv}")]
    [InlineData("{target: csv}")]
    [InlineData("{target: {kind: curve, noise: loud}}")]
    [InlineData("{target: {kind: curve, nois: 1}}")]
    [InlineData("{target: curve, trails: 3}")]
    [InlineData("{target: curve, trials: 0}")]
    [InlineData("{target: curve, seed: -1}")]
    [InlineData("{target: curve, name: a b}")]
    [InlineData("{target: curve, sampler: tpee}")]
    [InlineData("{target: curve, pruner: {asha: {min_epochs: 0}}}")]
    [InlineData("{target: curve, pruner: {asha: {promote: 'true'}}}")]
    [InlineData("{target: curve, objective: {minimize: validation.accuracy}}")]
    [InlineData("{target: curve, objective: {}}")]
    [InlineData("{target: curve, space: {width: 0}}")]
    [InlineData("{target: curve, space: {width: {int: [1]}}}")]
    [InlineData("{target: curve, space: {width: {int: [1, 20000]}}}")]
    [InlineData("{target: curve, space: {width: {float: [1, 2]}}}")]
    [InlineData("{target: curve, space: {width: {int: [1, 2], log: true, step: 1}}}")]
    [InlineData("{target: curve, space: {width: {choice: []}}}")]
    [InlineData("{target: curve, space: {width: {choice: [1, 1]}}}")]
    [InlineData("{target: curve, space: {learning_rate: 0}}")]
    [InlineData("{target: curve, space: {activation: {sine: {frequency: 0}}}}")]
    [InlineData("{target: curve, space: {activation: {choice: [{sine: {slope: 1}}]}}}")]
    [InlineData("{target: curve, space: {schedule: {step: {factor: 1}}}}")]
    [InlineData("{target: curve, space: {widths: 4}}")]
    [InlineData("{target: curve, space: {widths: [4], depth: 1}}")]
    [InlineData("{target: curve, space: {encoding: {choice: [identity: {widths: [4], width: 4}]}}}")]
    public void Generate_FaultyFile_IsRefusedAsByTheParser(string text)
    {
        Assert.NotEmpty(SweepFile.Parse(text, "a.yaml").Faults);
        Assert.NotEmpty(Faults(text));
    }

    internal static List<string> Faults(string text) => SchemaCheck.Faults(Schema, SchemaCheck.Json(YamlTree.Read(text)!));
}
