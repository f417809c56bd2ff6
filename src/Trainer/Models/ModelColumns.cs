namespace ApproxCluster.Trainer;

/// <summary>What a model's columns mean to its user: their names, and the way from the network's outputs to the user's units.</summary>
public sealed record ModelColumns
{
    /// <summary>Names of the inputs, in the order of the network's.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>Regression: names of the outputs. Classification: the one name of what is learned.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }

    /// <summary>Classification: names of the classes, by label. Regression: empty.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>Regression: a prediction is <c>output * OutputScale + OutputShift</c>, per output. Empty means 1.</summary>
    public IReadOnlyList<float> OutputScale { get; init; } = [];

    /// <summary>See <see cref="OutputScale"/>. Empty means 0.</summary>
    public IReadOnlyList<float> OutputShift { get; init; } = [];

    /// <summary>
    /// Names for data that bring none: inputs <c>x</c>, or <c>x</c> and <c>y</c>, or <c>x1</c>, <c>x2</c> ...; outputs <c>value</c>, or <c>value1</c> ...; <c>label</c>
    /// with classes <c>0</c>, <c>1</c> ...
    /// </summary>
    /// <param name="task">What is learned.</param>
    /// <param name="inputs">Raw inputs of a sample.</param>
    /// <param name="outputs">Outputs of the network.</param>
    public static ModelColumns Default(TaskKind task, int inputs, int outputs) => new()
    {
        Inputs = inputs switch { 1 => ["x"], 2 => ["x", "y"], _ => Numbered("x", 1, inputs) },
        Outputs = task != TaskKind.Regression ? ["label"] : outputs == 1 ? ["value"] : Numbered("value", 1, outputs),
        Classes = task == TaskKind.Regression ? [] : Numbered("", 0, ClassCount(task, outputs)),
    };

    /// <summary>Faults of columns that a model with this task and these sizes cannot have, each with value, rule and what to do.</summary>
    internal IEnumerable<string> Faults(TaskKind task, int inputs, int outputs)
    {
        var isRegression = task == TaskKind.Regression;
        return Expect(Inputs.Count, inputs, "Names of inputs")
            .Concat(Expect(Outputs.Count, isRegression ? outputs : 1, "Names of outputs"))
            .Concat(Expect(Classes.Count, ClassCount(task, outputs), "Names of classes"))
            .Concat(Units(OutputScale, nameof(OutputScale)))
            .Concat(Units(OutputShift, nameof(OutputShift)));

        IEnumerable<string> Units(IReadOnlyList<float> numbers, string name) => (numbers.Count == 0 ? [] : Expect(numbers.Count, isRegression ? outputs : 0, $"Numbers of {name}"))
            .Concat(numbers.Where(number => !float.IsFinite(number)).Take(1).Select(number => FormattableString.Invariant($"{name} has {number}, but must be finite. Correct it.")));
    }

    /// <summary>The fault of a count, where it is another than expected.</summary>
    internal static IEnumerable<string> Expect(int count, int expected, string what)
    {
        if (count != expected)
        {
            yield return FormattableString.Invariant($"{what} are {count}, but must be {expected}. Give as many.");
        }
    }

    private static int ClassCount(TaskKind task, int outputs) => task switch
    {
        TaskKind.Regression => 0,
        TaskKind.BinaryClassification => 2,
        _ => outputs,
    };

    private static string[] Numbered(string prefix, int first, int count) =>
        [.. Enumerable.Range(first, count).Select(number => FormattableString.Invariant($"{prefix}{number}"))];
}
