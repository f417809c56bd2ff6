using System.Text.RegularExpressions;
using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>The names that the epochs of a sweep's program are read by, and what becomes of each.</summary>
public sealed partial class ReportedNames
{
    internal const string Rule = "a name of at most 60 letters, digits, '_', '-', '/' or '.', beginning with a letter";

    private const string Validation = "validation.";
    private const string Training = "training.";
    private const string Test = "test.";
    private const string Loss = "loss";
    private const string LearningRate = "learning_rate";

    private readonly Objective objective;
    private readonly string metric;
    private readonly string[] required;

    private ReportedNames(Objective objective, string metric)
    {
        (this.objective, this.metric) = (objective, metric);
        var judgesGap = objective.GapWeight != 0 || objective.GapLimit is not null || objective.Further.Any(further => further.Quantity == Objectives.Gap);
        required =
        [
            .. objective.Further.Select(further => further.Quantity).Where(quantity => quantity != Objectives.Gap).Prepend(objective.Metric),
            .. judgesGap ? new[] { TrainingOf(objective.Metric) } : [],
        ];
    }

    /// <summary>The names of a sweep that a program trains.</summary>
    public static ReportedNames Of(SweepSpec spec) => new(spec.Objective, spec.Command!.Metric);

    /// <summary>The one spelling of a name: <c>train.</c> and <c>val.</c> are <c>training.</c> and <c>validation.</c>.</summary>
    public static string Spell(string name) =>
        name.StartsWith("train.", StringComparison.Ordinal) ? Training + name["train.".Length..]
        : name.StartsWith("val.", StringComparison.Ordinal) ? Validation + name["val.".Length..]
        : name;

    /// <summary>The names that every report must have, the objective's first: what trials are judged by.</summary>
    public IReadOnlyList<string> Required => required;

    /// <summary>The name without the split.</summary>
    internal static string Short(string name) => name.StartsWith(Validation, StringComparison.Ordinal) ? name[Validation.Length..] : name;

    /// <summary>Whether an objective may have the name.</summary>
    internal static bool IsValid(string name) => Name().IsMatch(name) && name is not (Objectives.Gap or "epoch");

    /// <summary>
    /// The report of an epoch: every figure by its name in one spelling, those that are missing NaN. Whether one that the sweep is judged by, or a loss that was reported, is not finite is
    /// told beside it: the trial has diverged then.
    /// </summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="figures">What was reported, NaN and infinities among it.</param>
    /// <exception cref="FormatException">A figure is missing that the objective needs.</exception>
    public (EpochReport Report, bool HasDiverged) Read(int epoch, IReadOnlyDictionary<string, double> figures)
    {
        if (required.FirstOrDefault(name => !figures.ContainsKey(name)) is { } missing)
        {
            throw new FormatException(FormattableString.Invariant(
                $"The report of epoch {epoch} has no {missing}, but must have it, since the sweep's objective reads it. It has {(figures.Count == 0 ? "no figures" : string.Join(", ", figures.Keys.Order(StringComparer.Ordinal)))}."));
        }

        var report = new EpochReport(epoch, Figure(Training + Loss), Figure(Validation + Loss), Figure(TrainingOf(metric)), Figure(metric), Figure(LearningRate))
        {
            Figures = [.. objective.Further.Select(further => Figure(further.Quantity)), Figure(Test + Loss), Figure(Test + Short(metric))],
        };
        var counted = required.Concat([Training + Loss, Validation + Loss]);
        return (report, counted.Any(name => figures.TryGetValue(name, out var value) && !double.IsFinite(value)));

        double Figure(string name) => figures.GetValueOrDefault(name, double.NaN);
    }

    private static string TrainingOf(string name) => Training + Short(name);

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_./-]{0,59}\\z")]
    private static partial Regex Name();
}
