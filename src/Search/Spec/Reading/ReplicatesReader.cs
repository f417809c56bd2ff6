namespace ApproxCluster.Search;

/// <summary>Reads <c>replicates</c>: a number, or the mapping of a race.</summary>
internal sealed class ReplicatesReader(FaultList faults)
{
    /// <summary>Seeds of a configuration, and how it comes by them; null for no race. The default after a fault.</summary>
    public (int Most, RaceSpec? Race) Read(EntryReader reader, YamlMap root)
    {
        var setting = SweepSettings.Replicates;
        if (root.Find(setting.Name)?.Value is not YamlMap map)
        {
            return ((int)(reader.Whole(setting) ?? 1), null);
        }

        reader.Take(setting.Name);
        var own = new EntryReader(map, setting.Name, faults);
        var (race, min, confidence) = (SweepSettings.Race[0], SweepSettings.Race[1], SweepSettings.Race[2]);
        var most = default(long?);
        if (own.Require(race.Name, "Write 'replicates: {race: 5}', or a number.") is { } node)
        {
            if (Scalars.TryWhole(node, out var given) && race.InRange(given))
            {
                most = given;
            }
            else
            {
                own.Wrong(node, race.Name, race.Rule, "Change it.");
            }
        }

        var least = own.Whole(min);
        var share = own.Real(confidence);
        var corrected = own.Flag(SweepSettings.Race[3]);
        own.Finish();
        if (least > most)
        {
            own.Wrong(map.Find(min.Name)!.Value, min.Name, FormattableString.Invariant($"at most race, which is {most}"), "Lower it, or raise race.");
        }

        return ((int)(most ?? 2), new RaceSpec((int)(least ?? 1), share ?? 0.95, corrected ?? false));
    }
}
