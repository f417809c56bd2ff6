using ApproxCluster.Contracts;
using ApproxCluster.Engine;
using ApproxCluster.Search;
using ApproxCluster.Silo.Tests.Support;
using ApproxCluster.Storage;

namespace ApproxCluster.Silo.Tests.Cluster;

/// <summary>What users and other coordinators do to a sweep.</summary>
public sealed class SweepGrainTests : IAsyncLifetime
{
    private SiloCluster cluster = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => cluster = await SiloCluster.StartAsync(2);

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    [Fact]
    public async Task Cancel_RunningSweep_EndsItAndItsTrials()
    {
        await cluster.SubmitAsync("endless", TinySweeps.Endless);
        await Eventually.GetAsync("sweep endless trains", () => cluster.ViewAsync("endless"), view => view.Running.Length > 0);

        var view = await cluster.Sweep("endless").Cancel(Cancellation);

        Assert.Equal(SweepStatus.Cancelled, view.Status);
        Assert.Equal(view.Trials, view.TrialsEnded);
        await Eventually.GetAsync("slots fall free", () => cluster.Cluster.Silos(Cancellation), silos => silos.Length == 2 && silos.All(silo => silo.Busy == 0));
    }

    [Fact]
    public async Task Stop_RunningSweep_EndsItWithResults()
    {
        await cluster.SubmitAsync("stopped", TinySweeps.Long);
        await cluster.MiddleAsync("stopped");

        await cluster.Sweep("stopped").Stop(Cancellation);
        var end = await cluster.EndAsync("stopped");

        Assert.Equal(SweepStatus.Stopped, end.Status);
        Assert.True(end.Trials < TinySweeps.Long.Trials, $"{end.Trials} trials began after all.");
        Assert.NotEmpty((await cluster.Sweep("stopped").Leaderboard(0, 10, Cancellation)).Rows);
    }

    [Fact]
    public async Task Pause_RunningSweep_NothingMovesUntilResumed()
    {
        await cluster.SubmitAsync("paused", TinySweeps.Long);
        await cluster.MiddleAsync("paused");

        Assert.Equal(SweepStatus.Paused, (await cluster.Sweep("paused").Pause(Cancellation)).Status);
        await Eventually.GetAsync("segments end", () => cluster.Cluster.Silos(Cancellation), silos => silos.All(silo => silo.Busy == 0));
        Assert.Equal(SweepStatus.Paused, (await cluster.ViewAsync("paused")).Status);
        Assert.NotEqual(SweepStatus.Paused, (await cluster.Sweep("paused").Resume(Cancellation)).Status);

        Assert.Equal(SweepStatus.Finished, (await cluster.EndAsync("paused")).Status);
    }

    [Fact]
    public async Task Retry_EndedSweepWithFailedTrials_TrainsThemToTheDigestOfALocalRetry()
    {
        var (local, sweep) = await FailedAsync(TinySweeps.Short);
        await cluster.Store.CreateSweepAsync(new SweepRow("failed", "tiny", SweepFile.Canonical(TinySweeps.Short), TimeProvider.System.GetUtcNow()) { Status = SweepStatus.Failed }, Cancellation);
        await cluster.Store.AppendAsync("failed", 0, local.Events(sweep), Cancellation);

        Assert.Equal(SweepStatus.Running, (await cluster.Sweep("failed").Retry(Cancellation)).Status);
        var end = await cluster.EndAsync("failed");

        await using var host = await SweepHost.LoadAsync(sweep, local, TimeProvider.System, null, Cancellation);
        await host.RetryAsync(Cancellation);
        await using var worker = new SlotWorker(new SlotWorkerOptions { Name = "local", Slots = 1, DataFolder = "." }, local, TimeProvider.System);
        await worker.RunAsync(host, Cancellation);
        Assert.Equal((SweepStatus.Finished, await host.ReadAsync(state => state.Digest, Cancellation)), (end.Status, end.Digest));
    }

    [Fact]
    public async Task Exchange_WhenAnotherCoordinatorHasWritten_StepsDownAndGoesOnFromTheJournal()
    {
        await cluster.SubmitAsync("contested", TinySweeps.Long);
        await cluster.MiddleAsync("contested");

        // Another activation would write just so: the next free number is taken when this one comes with it.
        await Eventually.GetAsync("the intruder writes", async () =>
        {
            var sequence = cluster.Store.Events("contested").Count;
            await cluster.Store.AppendAsync("contested", sequence, [new PauseChanged(true), new PauseChanged(false)], Cancellation);
            return true;
        }, written => written);
        var end = await cluster.EndAsync("contested");

        Assert.Equal(SweepStatus.Finished, end.Status);
        Assert.Equal(await TinySweeps.LocalDigestAsync(TinySweeps.Long, Cancellation), end.Digest);
        Assert.Equal(2, cluster.Store.Events("contested").OfType<PauseChanged>().Count());
    }

    [Fact]
    public async Task Pause_WhileTheJournalCannotBeWritten_FailsAndWorksAfterwards()
    {
        await cluster.SubmitAsync("unwritable", TinySweeps.Endless);
        cluster.Store.AppendFault = new StorageException("The disk is full.");

        var exception = await Assert.ThrowsAsync<SweepUnavailableException>(() => cluster.Sweep("unwritable").Pause(Cancellation));
        Assert.Contains("The disk is full.", exception.Message, StringComparison.Ordinal);
        cluster.Store.AppendFault = null;

        Assert.Equal(SweepStatus.Paused, (await cluster.Sweep("unwritable").Pause(Cancellation)).Status);
        Assert.Single(cluster.Store.Events("unwritable").OfType<PauseChanged>());
    }

    [Fact]
    public async Task Submit_Twice_IsOneSweepAndAnotherSpecIsRefused()
    {
        await cluster.SubmitAsync("twice", TinySweeps.Short);
        await cluster.SubmitAsync("twice", TinySweeps.Short);

        var other = await cluster.Cluster.Submit("twice", SweepFile.Canonical(TinySweeps.Long), Cancellation);

        Assert.Equal(SubmitOutcome.Taken, other.Outcome);
        Assert.Single(await cluster.Cluster.Sweeps(false, Cancellation));
    }

    [Fact]
    public async Task Submit_TargetThatTheSilosLack_IsRejectedAndNotRegistered()
    {
        var spec = TinySweeps.Short with { Target = new("mnist", new Dictionary<string, string>()) };

        var reply = await cluster.Cluster.Submit("lacking", SweepFile.Canonical(spec), Cancellation);

        Assert.Equal(SubmitOutcome.Rejected, reply.Outcome);
        Assert.Contains("mnist", reply.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Null(await cluster.Cluster.Sweep("lacking", Cancellation));
    }

    [Fact]
    public async Task View_UnknownSweep_SaysThatThereIsNone()
    {
        var exception = await Assert.ThrowsAsync<SweepNotFoundException>(() => cluster.Sweep("nowhere").View(Cancellation));

        Assert.Equal("There is no sweep 'nowhere'.", exception.Message);
    }

    [Fact]
    public async Task RegisteredOnly_SweepWithoutEvents_BeginsByItself()
    {
        await cluster.Store.CreateSweepAsync(
            new SweepRow("promised", "tiny", SweepFile.Canonical(TinySweeps.Short), TimeProvider.System.GetUtcNow()), Cancellation);

        var end = await cluster.EndAsync("promised");

        Assert.Equal(await TinySweeps.LocalDigestAsync(TinySweeps.Short, Cancellation), end.Digest);
    }

    [Fact]
    public async Task Journal_OfEndedSweep_ReplaysToItsDigest()
    {
        await cluster.SubmitAsync("read", TinySweeps.Short);
        var end = await cluster.EndAsync("read");

        var events = new List<SweepEvent>();
        while (await cluster.Cluster.Journal("read", events.Count, 7, Cancellation) is { Entries.Length: > 0 } page)
        {
            events.AddRange(page.Entries.Select(line => EventCodec.Decode(line.Type, line.Payload)));
        }

        Assert.Equal(end.Sequence, events.Count);
        Assert.Equal(end.Digest, SweepState.Replay(events).Digest);
    }

    [Fact]
    public async Task TrialView_OfEndedTrial_HasItsCurves()
    {
        await cluster.SubmitAsync("seen", TinySweeps.Short);
        await cluster.EndAsync("seen");

        var view = await Eventually.GetAsync(
            "trial seen/0 has curves", () => cluster.Trial("seen", 0).View(Cancellation), view => view is { Epochs.Length: >= 2 });

        Assert.True(view!.State.IsFinal());
        Assert.Equal(Enumerable.Range(1, view.Epochs.Length), view.Epochs.Select(epoch => epoch.Report.Epoch));
        Assert.Null(await cluster.Trial("seen", 99).View(Cancellation));
    }

    /// <summary>A sweep in a store of its own whose trials have all met an error.</summary>
    private static async Task<(MemoryStore Store, string Sweep)> FailedAsync(SweepSpec spec)
    {
        var store = new MemoryStore();
        await using var host = await SweepHost.CreateAsync(spec, ".", store, TimeProvider.System, null, Cancellation);
        for (List<SegmentResult> done = []; ;)
        {
            var reply = await host.ExchangeAsync(new WorkerMessage("test", 1, [], done, []), Cancellation);
            if (reply.Status.IsFinal())
            {
                return (store, host.Sweep.Id);
            }

            done = [.. reply.Leases.Select(lease => new SegmentResult(lease.Trial, lease.Attempt, lease.Segment, [], Error: "no memory"))];
        }
    }

    [Fact]
    public async Task Silos_AllUp_AreListedWithTheirSlots()
    {
        var silos = await cluster.Cluster.Silos(Cancellation);

        Assert.Equal(cluster.Silos.Select(silo => silo.SiloAddress.ToParsableString()).Order(StringComparer.Ordinal), silos.Select(silo => silo.Address));
        Assert.All(silos, silo => Assert.Equal(1, silo.Slots));
    }
}
