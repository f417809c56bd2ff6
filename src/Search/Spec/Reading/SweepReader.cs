using System.Globalization;
using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>Reads a whole sweep file.</summary>
internal sealed class SweepReader(string file, TargetRules rules)
{
    private readonly FaultList faults = new(file);

    public SweepFileResult Read(string text)
    {
        SweepSpec? spec = null;
        try
        {
            if (YamlTree.Read(text) is YamlMap root)
            {
                spec = ReadSweep(root);
            }
            else
            {
                faults.Add(1, 1, "", "File is empty or no mapping, but must hold a sweep. Begin with 'target: curve'.");
            }
        }
        catch (YamlFault fault)
        {
            faults.Add(fault.Line, fault.Column, "", fault.Message);
        }

        return new SweepFileResult(faults.Any ? null : spec, faults.Sorted);
    }

    /// <summary>The sweep; worth nothing where there are faults.</summary>
    private SweepSpec ReadSweep(YamlMap root)
    {
        var reader = new EntryReader(root, "", faults);
        var name = ReadName(reader);
        var target = ReadTarget(reader, isTrainedByProgram: root.Find("trainer") is not null);
        var trainerNode = reader.Take("trainer");
        var before = faults.Count;
        var space = ReadSpace(root, reader, isFree: trainerNode is not null);
        var isSpaceSound = faults.Count == before;
        var metric = trainerNode is not null ? MetricKind.Reported : target is null ? default(MetricKind?) : rules.Metric(target);
        var objective = new ObjectiveReader(faults).Read(reader.Take("objective"), metric);
        var command = trainerNode is null ? null : new TrainerReader(faults).Read(trainerNode, space, isSpaceSound, objective);
        var methods = new SearchMethods(faults);
        var samplerNode = reader.Take(SweepSettings.Sampler.Name);
        var sampler = methods.Sampler(samplerNode);
        var prunerNode = reader.Take(SweepSettings.Pruner.Name);
        var trials = reader.Whole(SweepSettings.Trials);
        var parallel = reader.Whole(SweepSettings.Parallel);
        var execution = methods.Execution(reader.Take(SweepSettings.Execution.Name));
        var seed = ReadSeed(reader);
        var (replicates, race) = new ReplicatesReader(faults).Read(reader, root);
        var confirm = reader.Whole(SweepSettings.Confirm);
        var overtuning = reader.Flag(SweepSettings.Overtuning);
        var epochs = reader.Whole(SweepSettings.Epochs);
        var repeats = methods.Repeats(reader.Take(SweepSettings.Repeats.Name));
        var from = ReadFrom(reader);
        var firstNode = reader.Take("first");
        reader.Take("$schema");
        reader.Finish(key => KnownParameters.Find(key) is null ? null : "It is a parameter of trials: indent it under 'space:'.");
        var cells = CheckSize(sampler, space, samplerNode ?? root);
        var first = isSpaceSound ? new FirstReader(faults).Read(firstNode, space, cells is null ? trials : null) : [];
        new PopulationReader(faults).Check(sampler, space, isSpaceSound, root, samplerNode ?? root, (trials, epochs, replicates));
        cells += first.Count;
        var most = race is null ? cells : cells * replicates;
        return new SweepSpec
        {
            Name = name,
            Target = target,
            Command = command,
            Space = space,
            Objective = objective,
            Sampler = sampler,
            Pruner = methods.Pruner(prunerNode, epochs),
            Trials = (int)Math.Min(
                root.Find("trials") is null && (most ?? (sampler as PbtSamplerSpec)?.Trials(epochs ?? 1)) is { } all ? Math.Min(all, (long)SweepSettings.Trials.Maximum) : trials ?? 1,
                most ?? int.MaxValue),
            Parallel = (int)(parallel ?? 1),
            Execution = execution,
            Seed = seed,
            Replicates = replicates,
            Race = race,
            Confirm = (int)(confirm ?? 0),
            Overtuning = overtuning ?? false,
            Epochs = (int)(epochs ?? 1),
            From = from,
            First = first,
            Repeats = repeats,
        };
    }

    private TargetConfiguration? ReadTarget(EntryReader reader, bool isTrainedByProgram)
    {
        if (!isTrainedByProgram)
        {
            return new TargetReader(rules, faults).Read(reader.Require("target", $"Write 'target: KIND' with one of {string.Join(", ", rules.Kinds.Select(kind => kind.Name))}."));
        }

        if (reader.Take("target") is { } node)
        {
            faults.Add(node, "target", $"target is {Scalars.Describe(node)}, but must be left out beside trainer: a program brings its own data. Delete one of the two.");
        }

        return null;
    }

    private SearchSpace ReadSpace(YamlMap root, EntryReader reader, bool isFree)
    {
        var before = faults.Count;
        var node = reader.Take("space");
        var space = isFree ? new FreeSpaceReader(faults).Read(node, "space") : new SpaceReader(faults).Read(node, "space");
        space = new ConstraintReader(faults).Read(reader.Take("where"), reader.Take("forbid"), space, isSound: faults.Count == before);
        if (faults.Count == before && Feasibility.Fault(space) is { } fault)
        {
            var name = root.Find("where") is null ? "forbid" : "where";
            faults.Add(root.Find(name)!.Value, name, $"{name} leaves {fault}. Loosen it, or narrow the ranges to what it leaves.");
        }

        return space;
    }

    private string ReadName(EntryReader reader)
    {
        var node = reader.Take("name");
        if (node is null)
        {
            return SweepNames.FromFile(file);
        }

        if (node is YamlScalar scalar && SweepNames.IsValid(scalar.Text))
        {
            return scalar.Text;
        }

        reader.Wrong(node, "name", SweepNames.Rule, "Shorten or respell it, or delete the line for the file's own name.");
        return "";
    }

    private static string? ReadFrom(EntryReader reader)
    {
        var node = reader.Take("from");
        if (node is null or YamlScalar { Text.Length: > 0 and <= 80 } && (node is null || !Scalars.IsNull(node)))
        {
            return (node as YamlScalar)?.Text;
        }

        reader.Wrong(node!, "from", "the name or the identity of an earlier sweep", "'approx ls' lists them.");
        return null;
    }

    private static ulong ReadSeed(EntryReader reader)
    {
        var node = reader.Take(SweepSettings.Seed.Name);
        if (node is null)
        {
            return 0;
        }

        if (node is YamlScalar { Quoted: false } scalar && ulong.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed))
        {
            return seed;
        }

        reader.Wrong(node, SweepSettings.Seed);
        return 0;
    }

    /// <summary>The cells of a grid; null for other samplers or after a fault.</summary>
    private long? CheckSize(SamplerSpec sampler, SearchSpace space, YamlNode at)
    {
        if (SamplerReach.Fault(sampler, space) is { } fault)
        {
            faults.Add(at, "sampler", fault);
            return null;
        }

        return sampler is not GridSamplerSpec ? null
            : space.Constraints.Count == 0 || faults.Any ? (long)GridCells.Count(space)
            : new SkippingSampler(new GridSampler(space), space).Size;
    }
}
