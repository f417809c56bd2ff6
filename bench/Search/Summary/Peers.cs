using System.Text.Json;

namespace ApproxCluster.Bench.Search;

/// <summary>The recorded medians of other systems, from the benchmark's <c>results/summary.json</c>.</summary>
internal sealed class Peers
{
    private readonly Dictionary<(string Function, int Checkpoint), Dictionary<string, double>> medians = [];

    private Peers()
    {
    }

    /// <summary>Reads them; none where the file is missing.</summary>
    public static Peers Read(string folder)
    {
        var peers = new Peers();
        var path = Path.Combine(folder, "results", "summary.json");
        if (!File.Exists(path))
        {
            Console.Error.WriteLine($"{path} is missing: no peers to compare with.");
            return peers;
        }

        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        foreach (var row in document.RootElement.GetProperty("rows").EnumerateArray())
        {
            var key = (row.GetProperty("function").GetString()!, row.GetProperty("checkpoint").GetInt32());
            peers.medians.TryAdd(key, new(StringComparer.Ordinal));
            peers.medians[key][row.GetProperty("method").GetString()!] = row.GetProperty("median").GetDouble();
        }

        return peers;
    }

    /// <summary>The best median of a peer with as many workers; null where none is recorded.</summary>
    public (string Method, double Median)? Best(string function, int checkpoint, int workers) =>
        Of(function, checkpoint, workers).OrderBy(peer => peer.Value).Select(peer => ((string, double)?)(peer.Key, peer.Value)).FirstOrDefault();

    /// <summary>The best geometric mean of the medians of one peer, among those that ran all of some functions; null where none did.</summary>
    public (string Method, double Mean)? BestMean(IReadOnlyList<(string Function, int Checkpoint)> places, int workers)
    {
        var all = places.Select(place => Of(place.Function, place.Checkpoint, workers).ToDictionary(StringComparer.Ordinal)).ToList();
        return all.SelectMany(peers => peers.Keys).Distinct()
            .Where(method => all.TrueForAll(peers => peers.ContainsKey(method)))
            .Select(method => ((string Method, double Mean)?)(method, Regrets.GeometricMean(all.Select(peers => peers[method]))))
            .OrderBy(peer => peer!.Value.Mean)
            .FirstOrDefault();
    }

    private IEnumerable<KeyValuePair<string, double>> Of(string function, int checkpoint, int workers) =>
        medians.TryGetValue((function, checkpoint), out var known)
            ? known.Where(peer => peer.Key.Contains('@', StringComparison.Ordinal)
                ? peer.Key.EndsWith(FormattableString.Invariant($"@{workers}"), StringComparison.Ordinal)
                : workers == 1)
            : [];
}
