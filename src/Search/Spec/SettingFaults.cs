using System.Globalization;

namespace ApproxCluster.Search;

/// <summary>Settings of samplers and pruners that were put together in code and are out of the ranges that sweep files keep; named as there.</summary>
internal static class SettingFaults
{
    /// <summary>Every fault of a sampler's settings: the name, the value, the rule and what it means.</summary>
    public static IEnumerable<string> Of(SamplerSpec sampler)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        var kind = SamplerKinds.Of(sampler);
        return kind.Variant.Parameters.Zip(kind.Write(sampler)!).SelectMany(pair => Fault(sampler, pair.First, Number(pair.Second)));
    }

    /// <summary>Every fault of a pruner's settings, and of those that it wraps.</summary>
    public static IEnumerable<string> Of(PrunerSpec pruner)
    {
        ArgumentNullException.ThrowIfNull(pruner);
        var (word, settings) = CanonicalPruner.Settings(pruner);
        var known = PrunerTable.Pruner.Find(word)!.Parameters;
        return settings.SelectMany(setting => setting.Value switch
        {
            PrunerSpec wrapped => Of(wrapped),
            IEnumerable<PrunerSpec> parts => parts.SelectMany(Of),
            int or double => Fault(pruner, known.First(one => one.Name == setting.Name), Convert.ToDouble(setting.Value, CultureInfo.InvariantCulture)),
            _ => [],
        });
    }

    /// <summary>Throws <see cref="ArgumentException"/> with all faults, if there are any.</summary>
    public static void ThrowIfAny(IEnumerable<string> faults, string name)
    {
        if (string.Join(Environment.NewLine, faults) is { Length: > 0 } message)
        {
            throw new ArgumentException(message, name);
        }
    }

    private static double? Number(ParameterValue? value) => value is { Kind: not ParameterValueKind.Word } number ? number.Number : null;

    private static IEnumerable<string> Fault(object spec, KnownParameter known, double? value)
    {
        if (value is { } number && !known.InRange(number))
        {
            yield return FormattableString.Invariant($"{known.Name} of {spec.GetType().Name} is {number}, but must be {known.Rule}. Change it: {known.Summary}");
        }
    }
}
