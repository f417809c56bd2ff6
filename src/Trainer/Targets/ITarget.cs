namespace ApproxCluster.Trainer;

/// <summary>
/// A function to approximate, reachable only through samples. Splits are a pure function of options, files and seed.
/// Faults of files (missing, truncated, wrong kind, too large) are <see cref="TargetException"/>s.
/// </summary>
public interface ITarget
{
    /// <summary>Sizes and kinds; reads headers at most.</summary>
    TargetShape Shape { get; }

    /// <summary>Names of the columns, and the way back from scaled values to the user's units. May load the data.</summary>
    ModelColumns Columns => ModelColumns.Default(Shape.Task, Shape.Inputs, Shape.Outputs);

    /// <summary>Loads or draws the training and validation splits.</summary>
    TargetData Load();

    /// <summary>Loads or draws the test split, which the search never sees.</summary>
    Samples LoadTest();
}

/// <summary>A target that cannot be had: the message says what is wrong with which file or option, and what to do.</summary>
public sealed class TargetException : Exception
{
    /// <summary>Makes the error.</summary>
    public TargetException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the error with its cause.</summary>
    public TargetException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
