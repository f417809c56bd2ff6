using System.Globalization;

namespace ApproxCluster.Bench.Search;

/// <summary>What the command line asks for.</summary>
internal sealed record Options
{
    /// <summary>How the program is called.</summary>
    public const string Usage = """
        bench/Search [run] [--sampler WORD|'{WORD: {...}}'] [--pruner asha] [--functions all|scalar|curve|multi|NAME,...] [--curves]
                     [--seeds 20] [--first-seed 0] [--trials 300] [--fulls 50] [--workers 1] [--recommend] [--repeat] [--label NAME] [--threads N]
                     [--functions-file FILE.json] [--data ../shared/bench/search] [-o FILE.csv] [--json]
        bench/Search check [--data DIR]
        bench/Search overhead [--data DIR] [--python python3] [--json]
        """;

    /// <summary>run, check or overhead.</summary>
    public string Section { get; private set; } = "run";

    /// <summary>The sampler as a sweep file writes it; null for the sweep file's default.</summary>
    public string? Sampler { get; private set; }

    /// <summary>The pruner of curve functions, as a sweep file writes it.</summary>
    public string Pruner { get; private set; } = "asha";

    /// <summary>Names of functions or kinds, comma-separated.</summary>
    public string Functions { get; private set; } = "all";

    /// <summary>Runs of a function, each with a seed of its own.</summary>
    public int Seeds { get; private set; } = 20;

    /// <summary>Seed of the first run; the others follow it. Methods are developed on other seeds than those that they are scored on.</summary>
    public int FirstSeed { get; private set; }

    /// <summary>Trials of a run without curves.</summary>
    public int Trials { get; private set; } = 300;

    /// <summary>Budget of a run with curves, in whole trainings.</summary>
    public int Fulls { get; private set; } = 50;

    /// <summary>Trials in flight; null for 1, and for 8 with curves.</summary>
    public int? Workers { get; private set; }

    /// <summary>Whether the log is of what is recommended instead of what was observed.</summary>
    public bool Recommend { get; private set; }

    /// <summary>Whether a sampler may give a point again, to be surer of it under noise.</summary>
    public bool Repeat { get; private set; }

    /// <summary>The method's name in the log; null for approx/SAMPLER.</summary>
    public string? Label { get; private set; }

    /// <summary>Runs at the same time.</summary>
    public int Threads { get; private set; } = Environment.ProcessorCount;

    /// <summary>A file of functions; null for the benchmark's own.</summary>
    public string? FunctionsFile { get; private set; }

    /// <summary>The benchmark's folder.</summary>
    public string Data { get; private set; } = "../shared/bench/search";

    /// <summary>File for the log; null for none.</summary>
    public string? Output { get; private set; }

    /// <summary>The Python in which Optuna may be.</summary>
    public string Python { get; private set; } = "python3";

    /// <summary>Whether standard output takes JSON instead of tables.</summary>
    public bool Json { get; private set; }

    /// <summary>Reads the command line.</summary>
    /// <exception cref="BenchException">It is wrong.</exception>
    public static Options Parse(string[] args)
    {
        var options = new Options();
        var words = new Queue<string>(args);
        if (words.TryPeek(out var section) && section is "run" or "check" or "overhead")
        {
            options.Section = words.Dequeue();
        }

        while (words.TryDequeue(out var name))
        {
            switch (name)
            {
                case "--curves":
                    options.Functions = "curve";
                    break;
                case "--recommend":
                    options.Recommend = true;
                    break;
                case "--repeat":
                    options.Repeat = true;
                    break;
                case "--json":
                    options.Json = true;
                    break;
                default:
                    options.Set(name, words.TryDequeue(out var value) ? value : throw Wrong(name, "without a value"));
                    break;
            }
        }

        return options;
    }

    private static BenchException Wrong(string name, string value) => new($"Argument is {name} {value}, but must be as in:\n{Usage}");

    private void Set(string name, string value)
    {
        switch (name)
        {
            case "--sampler":
                Sampler = value;
                break;
            case "--pruner":
                Pruner = value;
                break;
            case "--functions":
                Functions = value;
                break;
            case "--label":
                Label = value;
                break;
            case "--functions-file":
                FunctionsFile = value;
                break;
            case "--data":
                Data = value;
                break;
            case "--python":
                Python = value;
                break;
            case "-o":
                Output = value;
                break;
            case "--seeds":
                Seeds = Count();
                break;
            case "--first-seed":
                FirstSeed = Count(0);
                break;
            case "--trials":
                Trials = Count();
                break;
            case "--fulls":
                Fulls = Count();
                break;
            case "--workers":
                Workers = Count();
                break;
            case "--threads":
                Threads = Count();
                break;
            default:
                throw Wrong(name, value);
        }

        int Count(int least = 1) => int.TryParse(value, CultureInfo.InvariantCulture, out var count) && count >= least ? count : throw Wrong(name, value);
    }
}
