using System.Globalization;

namespace ApproxCluster.Bench.Search;

/// <summary>One line of a log.</summary>
/// <param name="Trial">Trials finished, or epochs spent over all workers.</param>
/// <param name="Value">What the optimiser was told; infinite in the last line, which says how far the run went.</param>
/// <param name="Truth">The same without noise; null with two objectives.</param>
/// <param name="Second">The second objective; null with one.</param>
internal readonly record struct RunRow(int Trial, double Value, double? Truth, double? Second);

/// <summary>The log of one run: the lines that improve it, and a last one.</summary>
/// <param name="method">Name of the method.</param>
/// <param name="function">The function.</param>
/// <param name="seed">The run's seed.</param>
internal sealed class RunLog(string method, BenchFunction function, int seed)
{
    /// <summary>The head line of a file.</summary>
    public const string Head = "method,function,seed,trial,value,true_value,value2";

    private readonly List<RunRow> rows = [];
    private readonly List<(double First, double Second)> front = [];
    private double best = double.PositiveInfinity;

    /// <summary>Name of the method.</summary>
    public string Method => method;

    /// <summary>The function.</summary>
    public BenchFunction Function => function;

    /// <summary>The lines.</summary>
    public IReadOnlyList<RunRow> Rows => rows;

    /// <summary>Time that the sampler and pruner took.</summary>
    public TimeSpan Spent { get; set; }

    /// <summary>Configurations tried.</summary>
    public int Configurations { get; set; }

    /// <summary>An observation of one objective.</summary>
    public void Add(int trial, double value, double truth)
    {
        if (value < best)
        {
            best = value;
            rows.Add(new RunRow(trial, value, truth, null));
        }
    }

    /// <summary>What is recommended after a trial. Its value falls from line to line, so that the scorer takes the last one.</summary>
    public void Recommend(int trial, double truth)
    {
        if (rows.Count == 0 || rows[^1].Truth != truth)
        {
            rows.Add(new RunRow(trial, -trial, truth, null));
        }
    }

    /// <summary>An observation of two objectives.</summary>
    public void Add(int trial, (double First, double Second) values)
    {
        if (!front.Exists(other => other.First <= values.First && other.Second <= values.Second))
        {
            front.RemoveAll(other => values.First <= other.First && values.Second <= other.Second);
            front.Add(values);
            rows.Add(new RunRow(trial, values.First, null, values.Second));
        }
    }

    /// <summary>The run went so far.</summary>
    public void End(int trial) => rows.Add(function.Kind == FunctionKind.Multi
        ? new RunRow(trial, double.PositiveInfinity, null, double.PositiveInfinity)
        : new RunRow(trial, double.PositiveInfinity, double.PositiveInfinity, null));

    /// <summary>The lines as text.</summary>
    public IEnumerable<string> Lines() => rows.Select(row => string.Create(
        CultureInfo.InvariantCulture, $"{method},{function.Name},{seed},{row.Trial},{Text(row.Value)},{Text(row.Truth)},{Text(row.Second)}"));

    private static string Text(double? value) => value switch
    {
        null => "",
        double.PositiveInfinity => "inf",
        { } number => number.ToString("R", CultureInfo.InvariantCulture),
    };
}
