namespace ApproxCluster.Trainer;

/// <summary>A fault of a target configuration.</summary>
/// <param name="Option">The option's name, or <c>kind</c>.</param>
/// <param name="Message">Value, rule and what to do.</param>
public sealed record TargetFault(string Option, string Message);
