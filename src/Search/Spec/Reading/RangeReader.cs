using System.Globalization;

namespace ApproxCluster.Search;

/// <summary>Reads <c>{int: [low, high], log: true, step: 2}</c> and <c>{float: [low, high]}</c>.</summary>
internal sealed class RangeReader(FaultList faults)
{
    private static readonly KnownParameter Log = Known.Flag("log", "Uniform in the logarithm.", false);

    /// <summary>The words that begin a domain.</summary>
    public static IReadOnlyList<string> Words { get; } = ["int", "float", "choice", "ordinal"];

    /// <summary>The domain word that a parameter's values are searched with, beside choice; null when there is none.</summary>
    public static string? WordFor(KnownParameter known) => known.Kind switch
    {
        ParameterValueKind.Whole => "int",
        ParameterValueKind.Real => "float",
        _ => null,
    };

    /// <summary>The range, or null after a fault.</summary>
    public Domain? Read(KnownParameter known, YamlMap map, string word, string path)
    {
        var reader = new EntryReader(map, path, faults);
        var ends = reader.Take(word)!;
        var log = reader.Flag(Log);
        var step = reader.Take("step");
        reader.Finish();
        if (WordFor(known) != word)
        {
            var key = map.Find(word)!.Key;
            faults.Add(key, path, $"{known.Name} is searched with {word}, but must be {known.Rule}. Use {WordFor(known) ?? "choice: [...]"}.");
            return null;
        }

        if (ends is not YamlList { Items: [var lowNode, var highNode] })
        {
            faults.Add(ends, path, $"{word} is {Scalars.Describe(ends)}, but must be a list of two numbers. Write '{word}: [low, high]'.");
            return null;
        }

        if (log is true && step is not null)
        {
            faults.Add(step, FaultList.Join(path, "step"), $"step is {Scalars.Describe(step)}, but must be left out beside log. Delete one of the two.");
            return null;
        }

        if (log is not { } logarithmic)
        {
            return null;
        }

        return word == "int"
            ? Whole(known, lowNode, highNode, logarithmic, step, path)
            : Real(known, lowNode, highNode, logarithmic, step, path);
    }

    private IntDomain? Whole(KnownParameter known, YamlNode lowNode, YamlNode highNode, bool log, YamlNode? stepNode, string path)
    {
        long step = 1;
        var sound = End(Scalars.TryWhole(lowNode, out var low) && known.InRange(low), known, lowNode, path)
            & End(Scalars.TryWhole(highNode, out var high) && known.InRange(high), known, highNode, path)
            & (stepNode is null || Step(Scalars.TryWhole(stepNode, out step) && step is >= 1 and <= 1_000_000, "a whole number from 1 to 1000000", stepNode, path));
        return sound && Ends(low, high, log, lowNode, path) ? new IntDomain(low, high, log, step) : null;
    }

    private FloatDomain? Real(KnownParameter known, YamlNode lowNode, YamlNode highNode, bool log, YamlNode? stepNode, string path)
    {
        double step = 0;
        var sound = End(Scalars.TryReal(lowNode, out var low) && known.InRange(low), known, lowNode, path)
            & End(Scalars.TryReal(highNode, out var high) && known.InRange(high), known, highNode, path);
        var least = Math.Max(0, (high - low) / UnitMapping.MaximumCount);
        var rule = string.Create(CultureInfo.InvariantCulture, $"a number above {least}");
        sound &= stepNode is null || Step(Scalars.TryReal(stepNode, out step) && step > least, rule, stepNode, path);
        return sound && Ends(low, high, log, lowNode, path) ? new FloatDomain(low, high, log, stepNode is null ? null : step) : null;
    }

    private bool End(bool sound, KnownParameter known, YamlNode node, string path)
    {
        if (!sound)
        {
            faults.Add(node, path, $"An end of {known.Name} is {Scalars.Describe(node)}, but must be {known.Rule}. {Scalars.Advice(node, "Change the range.")}");
        }

        return sound;
    }

    private bool Step(bool sound, string rule, YamlNode node, string path)
    {
        if (!sound)
        {
            faults.Add(node, FaultList.Join(path, "step"), $"step is {Scalars.Describe(node)}, but must be {rule}. {Scalars.Advice(node, "Change it, or delete it.")}");
        }

        return sound;
    }

    private bool Ends(double low, double high, bool log, YamlNode node, string path)
    {
        if (low > high)
        {
            faults.Add(node, path, string.Create(
                CultureInfo.InvariantCulture, $"Low end is {low}, but must be at most the high end, which is {high}. Swap them."));
        }

        if (log && low <= 0)
        {
            faults.Add(node, path, string.Create(
                CultureInfo.InvariantCulture, $"Low end is {low}, but must be above 0 with log. Raise it, or delete log."));
        }

        return low <= high && (!log || low > 0);
    }
}
