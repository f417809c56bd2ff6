using System.Text.Json.Serialization;

namespace ApproxCluster.Bench.Trainer;

/// <summary>A row of the main table: training samples per second, or GFLOP/s of a kernel.</summary>
/// <param name="Workload">Workload, or shape and operation.</param>
/// <param name="Ours">Our rate.</param>
/// <param name="Peer">The best peer's; null without peers.</param>
/// <param name="PeerName">Its name.</param>
/// <param name="Ratio">Ours over the peer's; for workloads the median of the rounds' ratios.</param>
/// <param name="FractionOfPeak">Our floating-point operations over the machine's FMA peak.</param>
internal sealed record Row(
    [property: JsonPropertyName("workload")] string Workload,
    [property: JsonPropertyName("ours")] double Ours,
    [property: JsonPropertyName("peer")] double? Peer,
    [property: JsonPropertyName("peer_name")] string? PeerName,
    [property: JsonPropertyName("ratio")] double? Ratio,
    [property: JsonPropertyName("fraction_of_peak")] double FractionOfPeak);
