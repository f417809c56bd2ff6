namespace ApproxCluster.Engine;

/// <summary>Programs between two segments of their trials, up to a number; the one that has waited longest makes room. Safe for concurrent use.</summary>
internal sealed class FrozenPrograms(int capacity)
{
    private readonly Lock gate = new();
    private readonly LinkedList<(int Trial, int EpochsDone, ProgramProcess Program)> programs = [];
    private bool isClosed;

    /// <summary>Keeps a program; returns the one that must make room for it, or null.</summary>
    public ProgramProcess? Keep(int trial, int epochsDone, ProgramProcess program)
    {
        lock (gate)
        {
            if (isClosed)
            {
                return program;
            }

            programs.AddLast((trial, epochsDone, program));
            if (programs.Count <= capacity)
            {
                return null;
            }

            var oldest = programs.First!.Value.Program;
            programs.RemoveFirst();
            return oldest;
        }
    }

    /// <summary>Takes a trial's program out, with the epochs that it has reported; null where none is kept.</summary>
    public (int EpochsDone, ProgramProcess Program)? Take(int trial)
    {
        lock (gate)
        {
            for (var node = programs.First; node is not null; node = node.Next)
            {
                if (node.Value.Trial == trial)
                {
                    programs.Remove(node);
                    return (node.Value.EpochsDone, node.Value.Program);
                }
            }

            return null;
        }
    }

    /// <summary>Takes all out, and keeps none from now on.</summary>
    public IReadOnlyList<ProgramProcess> TakeAll()
    {
        lock (gate)
        {
            var all = programs.Select(kept => kept.Program).ToList();
            programs.Clear();
            isClosed = true;
            return all;
        }
    }
}
