namespace ApproxCluster.Search;

/// <summary>The program that trains the trials of a sweep: <c>trainer</c> in the sweep file.</summary>
public sealed record CommandSpec
{
    /// <summary>The program and its arguments, at least one.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>How it gets its parameters. Default: as its last argument.</summary>
    public ParameterPassing Parameters { get; init; } = ParameterPassing.Argument;

    /// <summary>Working folder, relative to the folder of the sweep; null for that folder itself.</summary>
    public string? Directory { get; init; }

    /// <summary>What is added to its environment, by name.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The reported metric that stands beside the loss, such as <c>validation.accuracy</c>: the objective's, unless that is the loss.</summary>
    public required string Metric { get; init; }

    /// <summary>What an epoch costs in virtual time; null where all cost alike.</summary>
    public CostRule? Cost { get; init; }

    /// <summary>Whether it goes on from its checkpoints when it is started again. Default false.</summary>
    public bool IsResumable { get; init; }

    /// <summary>Seconds between SIGTERM and SIGKILL, 0..3600. Default 5.</summary>
    public double GraceSeconds { get; init; } = 5;

    /// <summary>Most seconds that one start of it may run, or null. Time that it spends frozen does not count.</summary>
    public double? TrialSeconds { get; init; }

    /// <summary>Most seconds that it may run without a report, or null.</summary>
    public double? EpochSeconds { get; init; }

    /// <summary>Most resident memory of all its processes, in MiB, or null.</summary>
    public int? MemoryMib { get; init; }

    /// <summary>Exit code that means: the trial is hopeless. 1..255, default 76.</summary>
    public int PrunedCode { get; init; } = 76;

    /// <summary>Exit code that means: try again. 1..255, default 75 (EX_TEMPFAIL of sysexits.h).</summary>
    public int RetryCode { get; init; } = 75;

    /// <summary>Most times that a segment is tried again, 0..100. Default 3.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>Seconds before the first retry, 0..3600, twice as many before each further one. Default 1.</summary>
    public double RetrySeconds { get; init; } = 1;

    /// <summary>Most programs that a worker keeps frozen between segments, 0..1000. Default 16.</summary>
    public int Frozen { get; init; } = 16;

    /// <summary>Virtual time of an epoch at a point.</summary>
    /// <exception cref="ArgumentException">The cost is no number there, or out of range.</exception>
    internal long WorkPerEpoch(Assignment point) => Cost?.WorkAt(point) ?? CostRule.Unit;
}

/// <summary>How a program gets its parameters, one JSON object each time.</summary>
public enum ParameterPassing
{
    /// <summary>As its last argument.</summary>
    Argument,

    /// <summary>As the variable APPROX_PARAMETERS.</summary>
    Environment,

    /// <summary>On its standard input.</summary>
    Stdin,
}
