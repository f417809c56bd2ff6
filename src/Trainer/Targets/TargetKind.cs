namespace ApproxCluster.Trainer;

/// <summary>A kind of target, for the schema and for help.</summary>
/// <param name="Name">Its name in sweep files.</param>
/// <param name="Summary">One line.</param>
/// <param name="Options">Its options, sorted by name.</param>
public sealed record TargetKind(string Name, string Summary, IReadOnlyList<TargetOption> Options);

/// <summary>The type of a target option.</summary>
public enum TargetOptionType
{
    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number.</summary>
    Number,

    /// <summary>One of <see cref="TargetOption.Choices"/>.</summary>
    Choice,

    /// <summary>Any text, such as a path or a column's name.</summary>
    Text,

    /// <summary>true or false.</summary>
    Boolean,
}

/// <summary>An option of a kind of target.</summary>
/// <param name="Name">Its name (snake_case).</param>
/// <param name="Type">Its type.</param>
/// <param name="Default">The value when it is left out; null when it must be given.</param>
/// <param name="Summary">One line with the unit.</param>
/// <param name="Minimum">Smallest allowed number.</param>
/// <param name="Maximum">Largest allowed number.</param>
/// <param name="Choices">The allowed words of a choice.</param>
public sealed record TargetOption(
    string Name,
    TargetOptionType Type,
    string? Default,
    string Summary,
    double? Minimum = null,
    double? Maximum = null,
    IReadOnlyList<string>? Choices = null);
