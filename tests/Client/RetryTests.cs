using System.Text.Json.Nodes;
using ApproxCluster.Client.Local;
using ApproxCluster.Engine;
using ApproxCluster.Search;

namespace ApproxCluster.Client.Tests;

public sealed class RetryTests : IDisposable
{
    private const string Sweep =
        """
        name: little
        target: { kind: curve, samples: 64, validation: 32, test: 32 }
        space: { width: { choice: [2, 4, 8] } }
        sampler: grid
        parallel: 2
        epochs: 3
        """;

    private readonly CommandLine cli = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Resume_RetryFailed_RunsTheFailedCellsOnly()
    {
        var id = await FailAsync(Sweep);
        var told = await cli.RunAsync("resume", id);
        Assert.Equal(1, told.ExitCode);
        Assert.Contains("--retry-failed", told.Error, StringComparison.Ordinal);

        var result = await cli.RunAsync("resume", id, "--retry-failed", "-o", "json");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"{id}: 3 failed trials run again", result.Error, StringComparison.Ordinal);
        Assert.Equal("finished", JsonNode.Parse(result.Output)!["status"]!.GetValue<string>());
        Assert.Contains("completed (run again 1x)", (await cli.RunAsync("show", id, "1")).Output, StringComparison.Ordinal);
        Assert.Contains("finished", (await cli.RunAsync("ls")).Output, StringComparison.Ordinal);
        var again = await cli.RunAsync("resume", id, "--retry-failed");
        Assert.Equal(0, again.ExitCode);
        Assert.Contains("there is nothing to run again", again.Error, StringComparison.Ordinal);
    }

    public void Dispose() => cli.Dispose();

    /// <summary>A sweep in the home whose trials have all met an error.</summary>
    private async Task<string> FailAsync(string sweep)
    {
        await using var store = await new LocalHome(cli.Home).OpenAsync(TimeProvider.System, Cancellation);
        await using var host = await SweepHost.CreateAsync(SweepFile.Parse(sweep, "little.yaml").Spec!, "", store, TimeProvider.System, null, Cancellation);
        for (List<SegmentResult> done = []; ;)
        {
            var reply = await host.ExchangeAsync(new WorkerMessage("test", 1, [], done, []), Cancellation);
            if (reply.Status.IsFinal())
            {
                return host.Sweep.Id;
            }

            done = [.. reply.Leases.Select(lease => new SegmentResult(lease.Trial, lease.Attempt, lease.Segment, [], Error: "no memory"))];
        }
    }
}
