using ApproxCluster.Search;

namespace ApproxCluster.Bench.Search;

/// <summary>A sampler and a pruner as sweep files write them, so that every word and setting of those works here.</summary>
/// <param name="Sampler">The sampler.</param>
/// <param name="Pruner">The pruner.</param>
/// <param name="Name">Their names in a log, without commas.</param>
internal sealed record Method(SamplerSpec Sampler, PrunerSpec Pruner, string Name)
{
    /// <summary>Reads both.</summary>
    /// <param name="sampler">A word, or a mapping of the word to its settings; null for the default.</param>
    /// <param name="pruner">The same for the pruner; null for none.</param>
    /// <param name="epochs">Epochs of a whole trial.</param>
    public static Method Read(string? sampler, string? pruner, int epochs)
    {
        // The space is there because a sweep has one; nothing of the methods depends on it, as long as it is small enough for a grid.
        var text = FormattableString.Invariant(
            $"target: curve\nspace: {{width: {{choice: [8, 16]}}}}\nepochs: {epochs}\npruner: {pruner ?? "none"}\n{(sampler is null ? "" : $"sampler: {sampler}\n")}");
        var result = SweepFile.Parse(text, "bench");
        return result.Spec is { } spec
            ? new Method(spec.Sampler, spec.Pruner, pruner is null ? Word(sampler ?? "default") : $"{Word(sampler ?? "default")}+{Word(pruner)}")
            : throw new BenchException(string.Join('\n', result.Faults.Select(fault => fault.Message)));
    }

    private static string Word(string text) => text.Contains('{', StringComparison.Ordinal)
        ? text.Replace(" ", "", StringComparison.Ordinal).Replace(',', ';').Replace("\"", "", StringComparison.Ordinal)
        : text;
}
