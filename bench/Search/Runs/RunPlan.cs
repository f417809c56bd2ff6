using ApproxCluster.Search;

namespace ApproxCluster.Bench.Search;

/// <summary>How one function is to be searched.</summary>
/// <param name="Function">The function.</param>
/// <param name="Method">Sampler and pruner.</param>
/// <param name="Workers">Trials in flight.</param>
/// <param name="Budget">Trials, or epochs over all workers for curves.</param>
/// <param name="Recommend">Whether the log is of what is recommended.</param>
/// <param name="Repeat">Whether points may be given again, see <see cref="SamplerSettings.MayRepeat"/>.</param>
/// <param name="Name">The method's name in the log.</param>
internal sealed record RunPlan(BenchFunction Function, Method Method, int Workers, int Budget, bool Recommend, bool Repeat, string Name)
{
    /// <summary>The plan of each function that is asked for.</summary>
    public static IReadOnlyList<RunPlan> Of(Options options, IReadOnlyList<BenchFunction> functions) =>
        [.. Chosen(options.Functions, functions).Select(function => Of(options, function))];

    /// <summary>Runs it under a seed.</summary>
    public RunLog Run(int seed) => Function.Kind == FunctionKind.Curve ? CurveRun.Run(this, seed) : TrialRun.Run(this, seed);

    /// <summary>A tuner for a run.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="configurations">Configurations that will be tried, about: a hint.</param>
    public Tuner Tuner(int seed, int configurations) => new(
        new SamplerSettings { Space = Function.Space.Space, Seed = (ulong)seed, Budget = configurations, Parallel = Workers, Epochs = Function.Epochs, MayRepeat = Repeat },
        Method.Sampler,
        Function.Kind == FunctionKind.Curve ? Method.Pruner : null,
        Function.Kind == FunctionKind.Multi ? [false, false] : [false]);

    private static RunPlan Of(Options options, BenchFunction function)
    {
        var isCurve = function.Kind == FunctionKind.Curve;
        var method = Method.Read(options.Sampler, isCurve ? options.Pruner : null, function.Epochs);
        var workers = options.Workers ?? (isCurve ? 8 : 1);
        var recommend = options.Recommend && function.Kind != FunctionKind.Multi;
        var name = options.Label is { } label ? isCurve ? $"{label}+{method.Name[(method.Name.LastIndexOf('+') + 1)..]}" : label : $"approx/{method.Name}";
        return new RunPlan(
            function,
            method,
            workers,
            isCurve ? options.Fulls * function.Epochs : options.Trials,
            recommend,
            options.Repeat,
            name + (options.Repeat ? ":repeating" : "") + (recommend ? ":recommended" : "") + (workers > 1 ? FormattableString.Invariant($"@{workers}") : ""));
    }

    private static IEnumerable<BenchFunction> Chosen(string words, IReadOnlyList<BenchFunction> functions)
    {
        foreach (var word in words.Split(','))
        {
            var chosen = word switch
            {
                "all" => functions,
                "scalar" => [.. functions.Where(function => function.Kind == FunctionKind.Scalar)],
                "curve" => [.. functions.Where(function => function.Kind == FunctionKind.Curve)],
                "multi" => [.. functions.Where(function => function.Kind == FunctionKind.Multi)],
                _ => functions.Where(function => function.Name == word).ToList(),
            };
            if (chosen.Count == 0)
            {
                throw new BenchException($"Function is {word}, but must be all, scalar, curve, multi or one of {string.Join(", ", functions.Select(function => function.Name))}.");
            }

            foreach (var function in chosen)
            {
                yield return function;
            }
        }
    }
}
