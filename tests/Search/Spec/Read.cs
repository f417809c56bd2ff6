namespace ApproxCluster.Search.Tests;

/// <summary>Reads sweep files in tests.</summary>
internal static class Read
{
    /// <summary>The spec of a file without faults.</summary>
    public static SweepSpec Spec(string text)
    {
        var result = SweepFile.Parse(text, "test.yaml");
        Assert.True(result.Spec is not null, string.Join('\n', result.Faults));
        Assert.Empty(result.Faults);
        return result.Spec;
    }

    /// <summary>The space of a file with this space on a curve.</summary>
    public static SearchSpace Space(string space) => Spec($"target: curve\nspace: {space}").Space;

    /// <summary>The only domain that a space states.</summary>
    public static Domain Domain(string space) => Space(space).Parameters[0].Domain;

    /// <summary>The faults of a file, as printed.</summary>
    public static string[] Faults(string text)
    {
        var result = SweepFile.Parse(text, "test.yaml");
        Assert.Null(result.Spec);
        Assert.NotEmpty(result.Faults);
        return [.. result.Faults.Select(fault => fault.ToString())];
    }

    /// <summary>The only fault of a file, as printed.</summary>
    public static string Fault(string text) => Assert.Single(Faults(text));
}
