namespace ApproxCluster.Search;

/// <summary>Reads sweep files (YAML, so JSON too) and writes their canonical form.</summary>
public static class SweepFile
{
    /// <summary>
    /// Reads a sweep file: at most 1 MiB of YAML 1.2. All its faults come at once, but for syntax errors, of which the first hides the rest; the spec is
    /// null when there is any. Opens no file: what the target holds is checked when it is opened.
    /// </summary>
    /// <param name="text">The file's text.</param>
    /// <param name="name">The file's name, for messages and as the sweep's default name.</param>
    public static SweepFileResult Parse(string text, string name) => Parse(text, name, TargetRules.Default);

    /// <summary>
    /// The canonical form: one line of JSON, every default written out, keys in fixed order (parameters in the order of the file, which grids and
    /// Sobol points follow), numbers in shortest round-trip form. It parses back to an equal spec, and equal specs have equal texts: the sweep's identity.
    /// </summary>
    /// <param name="spec">A spec that <see cref="Parse(string, string)"/> gave, or one that states everything as those do.</param>
    public static string Canonical(SweepSpec spec) => CanonicalSpec.Write(spec);

    /// <summary>Reads a pruner alone, as a sweep file has it after <c>pruner:</c>. The spec is null when there are faults.</summary>
    /// <param name="text">A word such as <c>asha</c>, or a mapping of the word to its settings.</param>
    /// <param name="epochs">Epochs of a trial.</param>
    /// <param name="name">Where it comes from, for messages.</param>
    public static (PrunerSpec? Spec, IReadOnlyList<SweepFileFault> Faults) ParsePruner(string text, int epochs, string name)
    {
        var faults = new FaultList(name);
        PrunerSpec? spec = null;
        try
        {
            spec = new PrunerReader(faults, epochs).Read(YamlTree.Read(text) ?? new YamlScalar(1, 1, "", false));
        }
        catch (YamlFault fault)
        {
            faults.Add(fault.Line, fault.Column, "", fault.Message);
        }

        return (faults.Any ? null : spec, faults.Sorted);
    }

    /// <summary>The canonical form of a pruner: one line of JSON.</summary>
    public static string Canonical(PrunerSpec pruner) => CanonicalPruner.Write(pruner);

    internal static SweepFileResult Parse(string text, string name, TargetRules targets) => new SweepReader(name, targets).Read(text);
}

/// <summary>A parsed sweep file.</summary>
/// <param name="Spec">The sweep; null when there are faults.</param>
/// <param name="Faults">What is wrong, in order of place.</param>
public sealed record SweepFileResult(SweepSpec? Spec, IReadOnlyList<SweepFileFault> Faults);

/// <summary>A fault of a sweep file.</summary>
/// <param name="File">File name.</param>
/// <param name="Line">1-based line.</param>
/// <param name="Column">1-based column.</param>
/// <param name="Path">Dotted path of the entry.</param>
/// <param name="Message">"Name is value, but must be rule. What to do."</param>
public sealed record SweepFileFault(string File, int Line, int Column, string Path, string Message)
{
    /// <summary>file:line:column: path: message; without the path where the whole text is at fault.</summary>
    public override string ToString() => FormattableString.Invariant($"{File}:{Line}:{Column}: {Path}{(Path.Length > 0 ? ": " : "")}{Message}");
}
