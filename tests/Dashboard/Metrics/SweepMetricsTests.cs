using System.Globalization;
using System.Text.RegularExpressions;
using ApproxCluster.Engine;
using ApproxCluster.Search;

namespace ApproxCluster.Dashboard.Tests;

public partial class SweepMetricsTests
{
    [Fact]
    public async Task Decided_TrialsInFlight_ShowsStatesAndParameters()
    {
        using var feed = new Feed();
        await feed.StartAsync();
        await feed.ExchangeAsync(2);

        Assert.Equal(
            feed.State.Trials.Select(trial => FormattableString.Invariant($"approx_trial_state{{sweep_id=\"feed-1\",trial_id=\"{trial.Number}\"}} {(int)trial.State}")),
            await feed.SamplesAsync("approx_trial_state"));
        Assert.Equal(2, feed.State.Count(TrialState.Running));
        Assert.Contains("approx_sweep_trials{state=\"running\",sweep_id=\"feed-1\"} 2", await feed.SamplesAsync("approx_sweep_trials"));
        var info = (await feed.SamplesAsync("approx_trial_info"))[0];
        Assert.Contains("learning_rate=\"0.", info, StringComparison.Ordinal);
        Assert.Contains("activation=\"", info, StringComparison.Ordinal);
        Assert.Contains("replicate=\"0\",", info, StringComparison.Ordinal);
        Assert.Contains("sweep_id=\"feed-1\",trial_id=\"0\"", info, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EpochDone_TrialInFlight_ShowsItsCurves()
    {
        using var feed = new Feed();
        await feed.StartAsync();
        await feed.ExchangeAsync(1);
        feed.Metrics.EpochDone(feed.Info, new TrialProgress(0, 1, Made.Epoch(1, 0.25), 0.02));

        Assert.Equal(["approx_trial_validation_metric{metric=\"accuracy\",sweep_id=\"feed-1\",trial_id=\"0\"} 0.25"], await feed.SamplesAsync("approx_trial_validation_metric"));
        Assert.Equal(["approx_trial_gap{sweep_id=\"feed-1\",trial_id=\"0\"} 0.25"], await feed.SamplesAsync("approx_trial_gap"));
        Assert.Equal(["approx_trial_metric_gap{metric=\"accuracy\",sweep_id=\"feed-1\",trial_id=\"0\"} 0.1"], (await feed.SamplesAsync("approx_trial_metric_gap")).Select(line => line.Replace("0.09999999999999998", "0.1", StringComparison.Ordinal)));
        Assert.Equal(["approx_epochs_total 1"], await feed.SamplesAsync("approx_epochs_total"));
        Assert.Equal(["approx_sweep_epochs_total{sweep_id=\"feed-1\"} 1"], await feed.SamplesAsync("approx_sweep_epochs_total"));
        Assert.Equal(["approx_epoch_duration_seconds_count 1"], await feed.SamplesAsync("approx_epoch_duration_seconds_count"));
    }

    [Fact]
    public async Task Decided_TrialEnds_LingersThreeScrapesThenGoes()
    {
        using var feed = new Feed();
        await feed.StartAsync();
        await feed.ExchangeAsync(4);
        while (!feed.State.Trials[0].State.IsFinal())
        {
            await feed.ExchangeAsync(4, [.. feed.Held.ToList().Select(feed.Train)]);
        }

        var final = (int)feed.State.Trials[0].State;
        for (var i = 0; i < 3; i++)
        {
            Assert.Contains($"approx_trial_state{{sweep_id=\"feed-1\",trial_id=\"0\"}} {final}", await feed.SamplesAsync("approx_trial_state"));
        }

        Assert.DoesNotContain(await feed.SamplesAsync("approx_trial_state"), line => line.Contains("trial_id=\"0\"", StringComparison.Ordinal));
        Assert.DoesNotContain(await feed.SamplesAsync("approx_trial_validation_loss"), line => line.Contains("trial_id=\"0\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Decided_SweepEnds_ItsSeriesGoAndOthersStay()
    {
        using var feed = new Feed();
        await feed.StartAsync();
        await feed.FinishAsync();

        Assert.Equal(["approx_sweep_status{sweep_id=\"feed-1\"} 5"], await feed.SamplesAsync("approx_sweep_status"));
        Assert.Equal(["approx_sweep_progress{sweep_id=\"feed-1\"} 1"], await feed.SamplesAsync("approx_sweep_progress"));
        _ = await feed.ScrapeAsync();
        var text = await feed.ScrapeAsync();

        Assert.DoesNotContain("feed-1", text, StringComparison.Ordinal);
        Assert.Contains("approx_slots_configured 0", text, StringComparison.Ordinal);
        feed.Metrics.Decided(feed.Info, feed.State);
        Assert.DoesNotContain("feed-1", await feed.ScrapeAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decided_ThousandsOfTrials_NoneIsLostToOverflow()
    {
        using var feed = new Feed(Sweeps.Parse(Sweeps.Text(trials: 3000, parallel: 64, epochs: 4)));
        await feed.StartAsync();
        var seen = new HashSet<int>();
        await feed.FinishAsync(async () =>
        {
            var shown = (await feed.SamplesAsync("approx_trial_validation_loss")).Select(line => int.Parse(TrialLabel().Match(line).Groups[1].Value, CultureInfo.InvariantCulture)).ToHashSet();
            Assert.True(shown.IsSupersetOf(feed.State.InFlight.Where(trial => trial.Epochs.Count > 0).Select(trial => trial.Number)));
            seen.UnionWith(shown);
        });

        Assert.Equal(3000, seen.Count);
        Assert.Equal(["approx_metrics_overflow 0"], await feed.SamplesAsync("approx_metrics_overflow"));
        Assert.Equal(["approx_metrics_trials_cut_total 0"], await feed.SamplesAsync("approx_metrics_trials_cut_total"));
    }

    [Fact]
    public async Task Decided_NobodyScrapes_KeepsABoundedNumberOfEndedTrials()
    {
        using var feed = new Feed(Sweeps.Parse(Sweeps.Text(trials: 3000, parallel: 64, epochs: 4)));
        await feed.StartAsync();
        await feed.FinishAsync();

        Assert.InRange((await feed.SamplesAsync("approx_trial_state")).Length, 900, 1100);
        Assert.Matches("^approx_metrics_trials_cut_total [12]...$", Assert.Single(await feed.SamplesAsync("approx_metrics_trials_cut_total")));
        for (var i = 0; i < 3; i++)
        {
            feed.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Empty(await feed.SamplesAsync("approx_trial_state"));
    }

    [Fact]
    public async Task Watch_WorkerWithoutCoordinator_ShowsWhatItTrains()
    {
        using var feed = new Feed();
        var lease = new Lease { Trial = 7, Attempt = 1, Segment = 0, FromEpoch = 0, ToEpoch = 2, Seed = 1, Configuration = Configurations.Create(new Assignment([]), Made.Shape, 2) };
        var far = new FarChannel(feed.Info, lease);
        var channel = feed.Metrics.Watch(far);
        await channel.ExchangeAsync(new("w", 1, [], [], []), CancellationToken.None);
        var result = feed.Train(lease);
        await channel.ExchangeAsync(new("w", 0, [new(7, 1)], [], []), CancellationToken.None);

        Assert.Equal(["approx_trial_epoch{sweep_id=\"feed-1\",trial_id=\"7\"} 2"], await feed.SamplesAsync("approx_trial_epoch"));
        Assert.Empty(await feed.SamplesAsync("approx_trial_info"));
        Assert.Empty(await feed.SamplesAsync("approx_sweep_status"));

        await channel.ExchangeAsync(new("w", 1, [], [result], []), CancellationToken.None);
        Assert.Equal(["approx_segments_total{outcome=\"diverged\"} 0", "approx_segments_total{outcome=\"done\"} 1", "approx_segments_total{outcome=\"error\"} 0"], (await feed.SamplesAsync("approx_segments_total")).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("approx_flops_total 0", await feed.SamplesAsync("approx_flops_total"));
        _ = await feed.ScrapeAsync();
        Assert.Empty(await feed.SamplesAsync("approx_trial_epoch"));

        far.Status = SweepStatus.Finished;
        await channel.ExchangeAsync(new("w", 1, [], [], []), CancellationToken.None);
        for (var i = 0; i < 3; i++)
        {
            _ = await feed.ScrapeAsync();
        }

        Assert.Empty(await feed.SamplesAsync("approx_sweep_epochs_total"));
    }

    [Fact]
    public async Task Watch_FailingExchange_IsCountedAndThrown()
    {
        using var feed = new Feed();
        var channel = feed.Metrics.Watch(new FarChannel(feed.Info, null));

        await Assert.ThrowsAsync<IOException>(() => channel.ExchangeAsync(new("w", 1, [], [], []), CancellationToken.None));

        Assert.Equal(["approx_coordinator_exchange_faults_total 1"], await feed.SamplesAsync("approx_coordinator_exchange_faults_total"));
        Assert.Equal(["approx_coordinator_exchange_duration_seconds_count 1"], await feed.SamplesAsync("approx_coordinator_exchange_duration_seconds_count"));
    }

    [Fact]
    public async Task Forget_Sweep_ItsSeriesGoAtOnce()
    {
        using var feed = new Feed();
        await feed.StartAsync();
        await feed.ExchangeAsync(2);
        Assert.NotEmpty(await feed.SamplesAsync("approx_trial_state"));

        feed.Metrics.Forget("feed-1");
        _ = await feed.ScrapeAsync();

        Assert.DoesNotContain("feed-1", await feed.ScrapeAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scrape_TwoInOneProcess_SeeTheirOwnAlone()
    {
        using var one = new Feed();
        using var other = new Feed();
        one.Metrics.UseSlots(() => (3, 1));
        other.Metrics.UseSlots(() => (5, 2));

        Assert.Equal(["approx_slots_configured 3"], await one.SamplesAsync("approx_slots_configured"));
        Assert.Equal(["approx_slots_busy 2"], await other.SamplesAsync("approx_slots_busy"));
    }

    [Fact]
    public async Task Scrape_MetricOverItsLimit_RaisesTheAlarm()
    {
        using var meter = new System.Diagnostics.Metrics.Meter("Greedy");
        using var feed = new Feed(options: new DashboardOptions { Meters = ["Greedy"] });
        var counter = meter.CreateCounter<int>("greedy");
        for (var i = 0; i < 3000; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("i", i));
        }

        _ = await feed.ScrapeAsync();

        Assert.Contains(" 1", Assert.Single(await feed.SamplesAsync("approx_metrics_overflow")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scrape_WholeSweep_ShowsEveryInstrumentOfTheCatalogueAndNoOther()
    {
        using var feed = new Feed();
        using var folder = new TemporaryFolder();
        await using var store = feed.Metrics.Watch(await Sweeps.StoreAsync(folder));
        var channel = feed.Metrics.Watch(new FarChannel(feed.Info, null));
        await Assert.ThrowsAsync<IOException>(() => channel.ExchangeAsync(new("w", 1, [], [], []), CancellationToken.None));
        await Sweeps.RunAsync(Sweeps.Short, store, feed.Metrics, TestContext.Current.CancellationToken);
        await feed.StartAsync();
        var names = new SortedSet<string>(StringComparer.Ordinal);
        await feed.FinishAsync(async () => names.UnionWith(FamilyLine().Matches(await feed.ScrapeAsync()).Select(match => match.Groups[1].Value)));

        Assert.Equal(
            Catalogue.All.Select(spec => PrometheusNames.Family(spec.Name, spec.Unit, spec.Kind).Base).Order(StringComparer.Ordinal),
            names);
    }

    [GeneratedRegex("trial_id=\"([0-9]+)\"")]
    private static partial Regex TrialLabel();

    [GeneratedRegex("^# TYPE (approx_[a-z_]+) ", RegexOptions.Multiline)]
    private static partial Regex FamilyLine();

    private sealed class FarChannel(SweepInfo sweep, Lease? lease) : ISweepChannel
    {
        public SweepStatus Status { get; set; } = SweepStatus.Running;

        public SweepInfo Sweep => sweep;

        public Task<WorkerReply> ExchangeAsync(WorkerMessage message, CancellationToken cancellationToken) => lease is null
            ? Task.FromException<WorkerReply>(new IOException("far away"))
            : Task.FromResult(new WorkerReply(Status, message.Free > 0 && message.Results.Count == 0 && Status == SweepStatus.Running ? [lease] : [], []));

        public Task ProgressAsync(IReadOnlyList<TrialProgress> progress, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
