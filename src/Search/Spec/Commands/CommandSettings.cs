using static ApproxCluster.Search.Known;

namespace ApproxCluster.Search;

/// <summary>The settings of <c>trainer</c> that are a number, a flag or a word, with their ranges and defaults.</summary>
internal static class CommandSettings
{
    private static readonly CommandSpec Defaults = new() { Arguments = [], Metric = "" };

    /// <summary>How the program gets its parameters.</summary>
    public static KnownParameter Parameters { get; } = Choice(
        "parameters",
        "How the program gets its parameters, one JSON object.",
        "argument",
        new("argument", "As the last argument."),
        new("environment", "As the variable APPROX_PARAMETERS."),
        new("stdin", "On standard input."));

    /// <summary>Whether it has checkpoints.</summary>
    public static KnownParameter Resumable { get; } = Flag(
        "resumable", "Whether the program goes on from what it keeps in APPROX_CHECKPOINT_DIR when it is started again; otherwise it begins at epoch 1.", Defaults.IsResumable);

    /// <summary>From SIGTERM to SIGKILL.</summary>
    public static KnownParameter Grace { get; } = Number("grace_seconds", "Time between SIGTERM and SIGKILL.", 0, 3600, Defaults.GraceSeconds);

    /// <summary>Retries.</summary>
    public static KnownParameter Retries { get; } = Count("retries", "How often a program that ends with the retry code is started again before its trial has failed.", 0, 100, Defaults.Retries);

    /// <summary>Before a retry.</summary>
    public static KnownParameter RetrySeconds { get; } = Number("retry_seconds", "Time before the first retry, doubled for each further one.", 0, 3600, Defaults.RetrySeconds);

    /// <summary>Programs kept between segments.</summary>
    public static KnownParameter Frozen { get; } = Count(
        "frozen", "Programs that a worker keeps in memory, stopped by SIGSTOP, while a pruner decides on them. Of more, the one that has waited longest is ended and started again when it goes on.", 0, 1000, Defaults.Frozen);

    /// <summary>Settings of <c>limits</c>; each without a default is no limit.</summary>
    public static IReadOnlyList<KnownParameter> Limits { get; } =
    [
        Number("trial_seconds", "Time that one start of the program may take, pauses not counted.", 0, 1e8, null, above: true),
        Number("epoch_seconds", "Time that may pass without a report, pauses not counted.", 0, 1e8, null, above: true),
        new("memory_mib", ParameterValueKind.Whole, "Resident memory of all processes of the program together, in MiB.") { Minimum = 1, Maximum = 1 << 30 },
    ];

    /// <summary>Settings of <c>exit_codes</c>.</summary>
    public static IReadOnlyList<KnownParameter> ExitCodes { get; } =
    [
        Count("pruned", "Exit code of a program that gives its trial up as hopeless.", 1, 255, Defaults.PrunedCode),
        Count("retry", "Exit code of a program that wants to be started again.", 1, 255, Defaults.RetryCode),
    ];

    /// <summary>Those at the top.</summary>
    public static IReadOnlyList<KnownParameter> All { get; } = [Parameters, Resumable, Grace, Retries, RetrySeconds, Frozen];
}
