using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>What a sweep file's target may be: the seam to the catalog of targets.</summary>
/// <param name="Kinds">The kinds with their options.</param>
/// <param name="Check">The faults of a configuration.</param>
internal sealed record TargetRules(IReadOnlyList<TargetKind> Kinds, Func<TargetConfiguration, IReadOnlyList<TargetFault>> Check)
{
    /// <summary>The built-in targets.</summary>
    public static TargetRules Default { get; } = new(TargetCatalog.Kinds, TargetCatalog.Check);

    /// <summary>The metric that a target of a kind has; null for kinds that are not known here.</summary>
    public Func<TargetConfiguration, MetricKind?> Metric { get; init; } = MetricOf;

    /// <summary>The option of a kind, or null.</summary>
    public TargetOption? Option(string kind, string name) =>
        Kinds.FirstOrDefault(known => known.Name == kind)?.Options.FirstOrDefault(option => option.Name == name);

    private static MetricKind? MetricOf(TargetConfiguration target) => target.Kind switch
    {
        "curve" => MetricKind.Rmse,
        "image" => MetricKind.Psnr,
        "mandelbrot" => Is(target, "variant", "member") ? MetricKind.Accuracy : MetricKind.Psnr,
        "csv" => Is(target, "task", "classification") ? MetricKind.Accuracy : MetricKind.Rmse,
        "points" or "digits" or "idx" or "mnist" or "fashion_mnist" or "sign_mnist" => MetricKind.Accuracy,
        _ => null,
    };

    private static bool Is(TargetConfiguration target, string option, string value) =>
        target.Options.TryGetValue(option, out var given) && given == value;
}
