namespace ApproxCluster.Trainer;

/// <summary>Which target, with its options, as a sweep file states it.</summary>
/// <param name="Kind">A name that <see cref="TargetCatalog"/> knows, such as <c>curve</c> or <c>mnist</c>.</param>
/// <param name="Options">Options by name, as text in the invariant culture; the catalog knows their kinds, ranges and defaults.</param>
public sealed record TargetConfiguration(string Kind, IReadOnlyDictionary<string, string> Options);
