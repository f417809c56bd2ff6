namespace ApproxCluster.Search.Tests;

public sealed class SweepReferenceTests
{
    [Theory]
    [InlineData("sweep-file.md")]
    [InlineData("command-trainer.md")]
    public void Update_ShippedFile_IsUpToDate(string name)
    {
        var path = Repository.File("docs", name);
        var parts = name == "sweep-file.md" ? SweepReference.Parts : SweepReference.CommandParts;

        Repository.IsUpToDate(path, SweepReference.Update(File.ReadAllText(path).ReplaceLineEndings("\n"), parts));
    }

    [Fact]
    public void Update_ShippedFile_NamesEveryOption()
    {
        var document = File.ReadAllText(Repository.File("docs", "sweep-file.md"));
        var names = KnownParameters.All.Concat(SweepSettings.All).SelectMany(known => known.Variants.SelectMany(variant => variant.Parameters).Prepend(known))
            .Select(known => known.Name)
            .Concat(Trainer.TargetCatalog.Kinds.SelectMany(kind => kind.Options).Select(option => option.Name));

        Assert.All(names.Distinct(), name => Assert.Matches($"[`.]{name}`", document));
    }
}
