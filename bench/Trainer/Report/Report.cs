using System.Diagnostics;
using System.Text;
using System.Text.Json;
using ApproxCluster.Trainer;

namespace ApproxCluster.Bench.Trainer;

/// <summary>Runs the sections that are asked for and keeps their tables.</summary>
internal sealed class Report(Options options)
{
    private readonly StringBuilder text = new();
    private readonly List<Row> rows = [];
    private readonly byte[] allowed = Affinity.PinToLast();
    private double peak = FmaPeak.Measure(HardwareCheck.VectorBits);

    /// <summary>False when a trainer was too far from the referee; its rate is then missing.</summary>
    public bool AllGatesPassed { get; private set; } = true;

    /// <summary>What the machine can do.</summary>
    public void Limits()
    {
        if (!options.Wants("limits"))
        {
            return;
        }

        Heading("Limits of one thread", "| limit | read | write | update |", "|---|---|---|---|");
        foreach (var bits in KernelSet.Available().Select(set => set.VectorBits))
        {
            Line($"| FMA, {bits} bits | {FmaPeak.Measure(bits):0} GFLOP/s | | |");
        }

        foreach (var level in Bandwidth.Measure())
        {
            Line($"| {level.Name}, GB/s | {level.Read:0} | {level.Write:0} | {level.Update:0} |");
        }
    }

    /// <summary>Each product by itself.</summary>
    public void Kernels()
    {
        if (!options.Wants("kernels"))
        {
            return;
        }

        var peers = options.Peers is { } folder ? GemmPeers.Load(folder) : null;
        Heading($"Kernels, GFLOP/s ({HardwareCheck.VectorBits} bits; NT with transposing)", "| samples x inputs x outputs | product | ours | best peer | | ratio | of peak | with the core alone | target |", "|---|---|---|---|---|---|---|---|---|");
        foreach (var shape in KernelShape.All)
        {
            using var contest = new KernelContest(shape, KernelSet.Best, peers);
            for (var round = 0; round < 2 * options.Rounds + 1; round++)
            {
                contest.Round();
            }

            var (peer, target) = (contest.BestPeer, shape.Target > 0 ? $"{shape.Target:0 %}" : "");
            Line($"| {shape.Workload} {shape.Rows} x {shape.Inputs} x {shape.Outputs} | {shape.Operation} | {contest.Gigaflops:0} | {peer?.Gigaflops:0} | {peer?.Name} | {peer?.Ratio:0.00} | {contest.Shares.Median:0 %} | {contest.Shares.Alone} | {target} |");
            rows.Add(new Row($"{shape.Workload} {shape.Operation} {shape.Rows}x{shape.Inputs}x{shape.Outputs}", contest.Gigaflops, peer?.Gigaflops, peer?.Name, peer?.Ratio, contest.Shares.Median));
        }
    }

    /// <summary>Whole training, after the gate.</summary>
    public void Workloads()
    {
        var contests = Workload.All.Where(workload => options.Wants(workload.Name)).Where(Gate)
            .Select(workload => new Contest(workload.Name, new TrialRace(workload), options.Peers)).ToList();
        Run(contests);
        if (options.Wants("f"))
        {
            Affinity.Restore(allowed);
            using var sweep = new Contest("f", SweepRace.OfEight(), options.Peers);
            Run([sweep]);
            contests.Add(sweep);
            Affinity.PinToLast();
        }

        if (contests.Count == 0)
        {
            return;
        }

        Heading(
            "Training, samples/s; with shuffling and a report an epoch, which peers lack (steps alone: the ratio without the reports' evaluations)",
            "| workload | ours | best PyTorch | | ratio | steps alone | idiomatic PyTorch | ratio | numpy | ratio | of peak | with the core alone |",
            "|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var contest in contests)
        {
            var (best, idiomatic, other) = (contest.Best, contest.BestIdiomatic, contest.BestOther);
            Line($"| {contest.Name} | {contest.Ours:0} | {best?.Rate:0} | {best?.Name} | {best?.Ratio:0.00} | {best?.Ratio / (1 - contest.Reports):0.00} | {idiomatic?.Rate:0} | {idiomatic?.Ratio:0.00} | {other?.Rate:0} | {other?.Ratio:0.00} | {contest.Shares.Median:0 %} | {(contest.Name == "f" ? "" : contest.Shares.Alone)} |");
            rows.Add(new Row(contest.Name, contest.Ours, best?.Rate, best?.Name, best?.Ratio, contest.Shares.Median));
        }
    }

    /// <summary>One trial on several threads.</summary>
    public void Threads()
    {
        if (!options.Wants("threads"))
        {
            return;
        }

        const int Size = 2;
        Affinity.Restore(allowed);
        Heading($"One trial on {Size} threads, wall time", "| workload | samples/s on 1 | speed-up | same bits |", "|---|---|---|---|");
        foreach (var workload in Workload.All.Where(workload => workload.Name is "a128" or "b" or "c" or "e"))
        {
            using var race = new TeamRace(workload, Size);
            for (var round = 0; round < 2 * options.Rounds + 1; round++)
            {
                race.Round();
            }

            Line($"| {workload.Name} | {race.Alone:0} | {race.Ratio:0.00} | {(race.IsSame ? "yes" : "NO")} |");
            rows.Add(new Row($"{workload.Name} on {Size} threads", race.Alone * race.Ratio, race.Alone, "1 thread", race.Ratio, race.Alone * race.Ratio * workload.EpochFlops() / workload.Samples / 1e9 / Size / peak));
        }

        Affinity.PinToLast();
    }

    /// <summary>One trial on several slots, of which those without a trial lend their threads.</summary>
    public void Lent()
    {
        if (!options.Wants("lent"))
        {
            return;
        }

        const int Slots = 2;
        const int Epochs = 4;
        Affinity.Restore(allowed);
        Heading($"One trial on {Slots} slots against one, wall time", "| workload | samples/s on 1 slot | on " + Slots + " | speed-up |", "|---|---|---|---|");
        foreach (var workload in Workload.All.Where(workload => workload.Name is "a32" or "a128" or "b" or "c"))
        {
            using var one = new SweepRace(workload, 1, 1, Epochs);
            using var more = new SweepRace(workload, Slots, 1, Epochs);
            var rounds = Enumerable.Range(0, options.Rounds).Select(_ => (Alone: one.Run(out var _), Lent: more.Run(out var _))).ToList();
            var (alone, lent) = (Rounds.Median(rounds.Select(round => round.Alone)), Rounds.Median(rounds.Select(round => round.Lent)));
            var ratio = Rounds.Median(rounds.Select(round => round.Lent / round.Alone));
            Line($"| {workload.Name} | {alone:0} | {lent:0} | {ratio:0.00} |");
            rows.Add(new Row($"{workload.Name} on {Slots} slots", lent, alone, "1 slot", ratio, lent * workload.EpochFlops() / workload.Samples / 1e9 / Slots / peak));
        }

        Affinity.PinToLast();
    }

    /// <summary>What compilation costs.</summary>
    public void FirstSteps()
    {
        if (!options.Wants("start"))
        {
            return;
        }

        Heading("First 100 steps of a fresh process, with and without a warm-up before; medians, the thread's processor time", "| workload | | warm-up, ms | of it compiling | first, ms | of it compiling | later, ms | share of the steady rate |", "|---|---|---|---|---|---|---|---|");
        foreach (var workload in Workload.All)
        {
            foreach (var warmUp in new[] { false, true })
            {
                var runs = Enumerable.Range(0, options.Rounds).Select(_ => Bench.Trainer.FirstSteps.Of(workload, warmUp)).OrderBy(steps => steps.Steady / steps.First).ToList();
                var steps = runs[runs.Count / 2];
                Line($"| {workload.Name} | {(warmUp ? "warm" : "cold")} | {steps.WarmUp * 1e3:0.0} | {steps.WarmUpCompiling * 1e3:0.0} | {steps.First * 1e3:0.0} | {steps.Compiling * 1e3:0.0} | {steps.Steady * 1e3:0.0} | {steps.Steady / steps.First:0 %} |");
            }
        }
    }

    /// <summary>The kernels again in a process without AVX-512.</summary>
    public void Avx2()
    {
        if (!options.Wants("avx2") || HardwareCheck.VectorBits < 512)
        {
            return;
        }

        var start = PeerEnvironment.Itself("--only", "kernels", "--no-peers", "--results", "", "--rounds", $"{options.Rounds}");
        start.Environment["DOTNET_EnableAVX512"] = "0";
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        text.AppendLine(output[output.IndexOf("## Kernels", StringComparison.Ordinal)..].TrimEnd());
    }

    /// <summary>Prints and writes everything.</summary>
    public void Finish()
    {
        var head = FormattableString.Invariant(
            $"# Trainer\n\n{Processor.Name}, {HardwareCheck.VectorBits}-bit vectors, .NET {Environment.Version}. FMA peak of one thread {peak:0} GFLOP/s. Load {Processor.Load}. {options.Rounds} alternating rounds.\n");
        Console.WriteLine(options.Json ? JsonSerializer.Serialize(rows) : head + text);
        if (!string.IsNullOrEmpty(options.Results))
        {
            Directory.CreateDirectory(options.Results);
            var path = Path.Combine(options.Results, $"trainer-{Processor.FileName}.md");
            File.WriteAllText(path, head + text);
            Console.Error.WriteLine($"Written to {path}.");
        }
    }

    private void Run(List<Contest> contests)
    {
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var contest in contests)
            {
                Console.Error.WriteLine($"{contest.Name}, round {round + 1} of {options.Rounds}, load {Processor.Load}");
                contest.Round();
            }
        }
    }

    private bool Gate(Workload workload)
    {
        var gate = Bench.Trainer.Gate.Check(workload);
        Console.Error.WriteLine(FormattableString.Invariant(
            $"{workload.Name} against float64 after one step: loss {gate.Loss:0.0e+0}, by its own weights {gate.Drift:0.0e+0}, weights {gate.Weights:0.0e+0}, length of the step {gate.Update:0.0e+0}: {(gate.Passed ? "passed" : "FAILED, so no rate")}"));
        AllGatesPassed &= gate.Passed;
        return gate.Passed;
    }

    private void Heading(string title, params string[] lines) => text.AppendLine().AppendLine($"## {title}").AppendLine().AppendJoin('\n', lines).AppendLine();

    private void Line(FormattableString line) => text.AppendLine(FormattableString.Invariant(line));
}
