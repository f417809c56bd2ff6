using System.Globalization;
using ApproxCluster.Search;
using ApproxCluster.Trainer;

namespace ApproxCluster.Dashboard;

/// <summary>What is shown of one live trial. Guarded by its sweep's lock.</summary>
internal sealed class TrialSeries
{
    private const int LabelLength = 200;
    private static readonly string[] Reserved = ["sweep_id", "trial_id", "configuration", "replicate"];

    public TrialSeries(string sweep, int number, string metric)
    {
        Number = number;
        KeyValuePair<string, object?> trial = new("trial_id", number.ToString(CultureInfo.InvariantCulture));
        Tags = [new("sweep_id", sweep), trial];
        MetricTags = [new("sweep_id", sweep), trial, new("metric", metric)];
    }

    public int Number { get; }

    public KeyValuePair<string, object?>[] Tags { get; }

    public KeyValuePair<string, object?>[] MetricTags { get; }

    /// <summary>With the parameters; null unless its coordinator is in this process.</summary>
    public KeyValuePair<string, object?>[]? InfoTags { get; private set; }

    /// <summary>The last epoch trained in this process: whoever trains shows the curves, whoever coordinates shows the rest.</summary>
    public EpochReport? Last { get; private set; }

    /// <summary>As its coordinator, if that is in this process, has it.</summary>
    public TrialState State { get; private set; }

    public double? BestValue { get; private set; }

    public int BestEpoch { get; private set; }

    /// <summary>Collections that will still see it after its end; null while it lives.</summary>
    public int? Remaining { get; set; }

    /// <summary>The look at the coordinator's state that saw it in flight last.</summary>
    public long Look { get; set; }

    /// <summary>Takes an epoch as it came.</summary>
    public void Take(EpochReport report, Objective objective)
    {
        Last = Last is null || report.Epoch >= Last.Epoch ? report : Last;
        Better(objective.Of(report), report.Epoch, objective);
    }

    /// <summary>Takes what its coordinator knows: the state, and the best of epochs that were trained elsewhere.</summary>
    public void Take(Trial trial, Objective objective)
    {
        State = trial.State;
        InfoTags ??= Describe(trial);
        if (trial is { Value: { } value, BestEpoch: { } epoch })
        {
            Better(value, epoch, objective);
        }
    }

    private void Better(double value, int epoch, Objective objective)
    {
        if (double.IsFinite(value) && (BestValue is not { } best || objective.IsBetter(value, best)))
        {
            (BestValue, BestEpoch) = (value, epoch);
        }
    }

    private KeyValuePair<string, object?>[] Describe(Trial trial)
    {
        var tags = new List<KeyValuePair<string, object?>>(Tags)
        {
            new("configuration", trial.Configuration.ToString(CultureInfo.InvariantCulture)),
            new("replicate", trial.Replicate.ToString(CultureInfo.InvariantCulture)),
        };
        foreach (var (path, value) in trial.Parameters)
        {
            var text = value.ToString();
            tags.Add(new(
                Reserved.Contains(PrometheusNames.Label(path)) ? "parameter_" + path : path,
                text.Length <= LabelLength ? text : text[..LabelLength]));
        }

        return [.. tags];
    }
}
