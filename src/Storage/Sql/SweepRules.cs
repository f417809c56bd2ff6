using ApproxCluster.Search;

namespace ApproxCluster.Storage;

/// <summary>What the tables need to know of a sweep's spec.</summary>
/// <param name="Objective">What trials are judged by.</param>
/// <param name="FirstReplicates">Seeds that every configuration gets.</param>
/// <param name="Replicates">Most seeds of a configuration in the search; what comes after is the confirmation.</param>
/// <param name="Confirms">Whether there will be one.</param>
internal sealed record SweepRules(Objective Objective, int FirstReplicates, int Replicates, bool Confirms)
{
    /// <summary>The role of trials on fresh seeds.</summary>
    public const string Confirmation = "confirmation";

    /// <summary>Those of a spec; where its text cannot be read, the objective as the table has it and no roles.</summary>
    public static SweepRules Of(string text, Objective otherwise) => SweepFile.Parse(text, "journal").Spec is { } spec
        ? new(spec.Objective, spec.Race?.Min ?? spec.Replicates, spec.Replicates, spec.Confirm > 0)
        : new(otherwise, int.MaxValue, int.MaxValue, false);

    /// <summary>What a replicate is for: <c>search</c>, <c>race</c> or <c>confirmation</c>.</summary>
    public string RoleOf(int replicate) => replicate >= Replicates ? Confirmation : replicate >= FirstReplicates ? "race" : "search";
}
