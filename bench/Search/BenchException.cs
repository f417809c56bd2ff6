namespace ApproxCluster.Bench.Search;

/// <summary>Something that the caller has to put right: exit code 2 and the message.</summary>
internal sealed class BenchException(string message) : Exception(message);
