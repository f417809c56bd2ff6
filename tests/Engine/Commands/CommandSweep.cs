using ApproxCluster.Search;

namespace ApproxCluster.Engine.Tests;

/// <summary>Runs sweeps whose trials a shell script trains, in a folder of its own, and knows the processes that they started.</summary>
internal sealed class CommandSweep : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    private readonly TemporaryStore store;

    private CommandSweep(TemporaryStore store) => this.store = store;

    public string Folder { get; } = Directory.CreateTempSubdirectory("approx-command-").FullName;

    public string WorkFolder => Path.Combine(Folder, "work");

    /// <summary>Slots of the worker. With one, programs are frozen in the order in which their trials come to a rung.</summary>
    public int Slots { get; set; } = 2;

    public SlotWorkerOptions Options => new() { Name = "test", Slots = Slots, Niceness = 0, DataFolder = Folder, WorkFolder = WorkFolder, IdlePoll = TimeSpan.FromMilliseconds(20) };

    /// <summary>What the program has written to a file, line by line.</summary>
    public string[] Lines(string name) => File.Exists(Path.Combine(Folder, name)) ? File.ReadAllLines(Path.Combine(Folder, name)) : [];

    public static async Task<CommandSweep> CreateAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Programs train trials on Linux only.");
        return new(await TemporaryStore.CreateAsync());
    }

    /// <summary>The spec of a sweep with one parameter.</summary>
    /// <param name="script">What <c>sh</c> runs in the folder; the parameters are its last argument, or where <paramref name="trainer"/> says.</param>
    /// <param name="trainer">Further settings of the program.</param>
    /// <param name="rest">Further keys of the sweep.</param>
    public SweepSpec Spec(string script, string trainer = "", string rest = "trials: 1")
    {
        File.WriteAllText(Path.Combine(Folder, "train.sh"), script.ReplaceLineEndings("\n"));
        return Specs.Parse($"trainer: {{command: [sh, train.sh], retry_seconds: 0{(trainer.Length > 0 ? ", " + trainer : "")}}}\nspace: {{x: {{float: [1, 2]}}}}\nepochs: 4\nparallel: 2\n{rest}\n");
    }

    /// <summary>Runs a sweep to its end.</summary>
    public async Task<SweepState> RunAsync(SweepSpec spec, LeapingClock? clock = null)
    {
        await using var host = await SweepHost.CreateAsync(spec, Folder, store.Store, TimeProvider.System, null, CancellationToken.None);
        return await FinishAsync(host, clock);
    }

    /// <summary>Runs a sweep until a file is there, as if a user had pressed Ctrl-C then.</summary>
    public async Task<string> InterruptAsync(SweepSpec spec, string file)
    {
        await using var host = await SweepHost.CreateAsync(spec, Folder, store.Store, TimeProvider.System, null, CancellationToken.None);
        await using var worker = new SlotWorker(Options, store.Store, TimeProvider.System);
        using var stop = new CancellationTokenSource();
        var run = worker.RunAsync(host, stop.Token);
        await SeeAsync(file, run);
        await stop.CancelAsync();
        await run.WaitAsync(Patience);
        return host.Sweep.Id;
    }

    /// <summary>Goes on with a sweep to its end.</summary>
    public async Task<SweepState> ResumeAsync(string sweep)
    {
        await using var host = await SweepHost.LoadAsync(sweep, store.Store, TimeProvider.System, null, CancellationToken.None);
        return await FinishAsync(host);
    }

    /// <summary>Waits until a process is gone, reaped by whoever has to.</summary>
    public static async Task GoneAsync(string process)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (IsThere(process))
        {
            await Task.Delay(5, limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task SeeAsync(string file, Task run)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!File.Exists(Path.Combine(Folder, file)))
        {
            Assert.False(run.IsCompleted, "The sweep has ended too early.");
            await Task.Delay(5, limit.Token);
        }
    }

    private async Task<SweepState> FinishAsync(SweepHost host, LeapingClock? clock = null)
    {
        await using var worker = new SlotWorker(Options, store.Store, clock ?? TimeProvider.System, clock);
        await worker.RunAsync(host, CancellationToken.None).WaitAsync(Patience);
        return await host.ReadAsync(state => state, CancellationToken.None);
    }

    // A zombie whose parent is slow is gone too.
    private static bool IsThere(string process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[stat.LastIndexOf(')') + 2] != 'Z';
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
