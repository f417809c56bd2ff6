namespace ApproxCluster.Search;

/// <summary>A recorded trial that is lived through again.</summary>
internal sealed class RehearsedTrial(int number, Trial recorded)
{
    /// <summary>The trial as it was recorded.</summary>
    public Trial Recorded => recorded;

    /// <summary>The trial as pruners see it this time: its curve as far as it has come.</summary>
    public Trial Again { get; } = new()
    {
        Number = number,
        Configuration = recorded.Configuration,
        Replicate = recorded.Replicate,
        Seed = recorded.Seed,
        Parameters = recorded.Parameters,
        Entry = recorded.Entry,
        Objective = recorded.Objective,
    };

    /// <summary>How it has ended this time; Invalid while it has not.</summary>
    public TrialState End { get; set; }

    /// <summary>Goes on to <see cref="Trial.ToEpoch"/>; whether it diverged on the way.</summary>
    public bool Advance()
    {
        for (var epoch = Again.Epochs.Count; epoch < Math.Min(Again.ToEpoch, recorded.Epochs.Count); epoch++)
        {
            Again.Add(recorded.Epochs[epoch]);
        }

        return recorded.State == TrialState.Failed && (Again.Epochs.Count < Again.ToEpoch || Again.Epochs.Count == recorded.Epochs.Count);
    }
}
