namespace ApproxCluster.Trainer;

/// <summary>
/// Whether a team gets on faster than its caller alone. Where other processes have the helpers' processors it does not: then the caller goes on alone for a while, 16 times as long as it took to
/// find out, twice as long each time in succession, and tries again. Decides about time only.
/// </summary>
/// <param name="size">Threads of the team, at least 2.</param>
/// <param name="frequency">Ticks a second.</param>
internal sealed class TeamPace(int size, long frequency)
{
    // A single wait says nothing: the machine puts every thread aside now and then.
    private const int LeastRounds = 32;
    private const int FirstRest = 16;
    private const int LongestRest = 256;

    private readonly long leastTicks = frequency / 200;
    private int rounds;
    private long own;
    private long waited;
    private long rest = FirstRest;
    private long until = long.MinValue;

    /// <summary>Whether the team should work together at a time.</summary>
    public bool Pays(long now) => now >= until;

    /// <summary>Takes a round that ended: ticks of the caller's own part, and of its waiting for the others afterwards.</summary>
    public void Add(long part, long wait, long now)
    {
        (rounds, own, waited) = (rounds + 1, own + part, waited + wait);
        if (rounds < LeastRounds || own + waited < leastTicks)
        {
            return;
        }

        // The parts are equal, so alone the caller would take as many times its own.
        if (own + waited > size * own)
        {
            until = now + rest * (own + waited);
            rest = Math.Min(LongestRest, 2 * rest);
        }
        else
        {
            rest = FirstRest;
        }

        (rounds, own, waited) = (0, 0, 0);
    }
}
