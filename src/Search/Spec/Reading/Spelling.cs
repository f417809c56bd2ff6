namespace ApproxCluster.Search;

/// <summary>Finds what a misspelt word was meant to be.</summary>
internal static class Spelling
{
    /// <summary>The known word within two edits (one for words shorter than six letters, none for a single letter), case and dashes aside; null when none is.</summary>
    public static string? Nearest(string given, IEnumerable<string> known)
    {
        var word = given.Length > 60 ? "" : given.ToLowerInvariant().Replace('-', '_').Replace(' ', '_');
        var allowed = word.Length < 2 ? 0 : word.Length < 6 ? 1 : 2;
        return known.Select(candidate => (candidate, distance: Distance(word, candidate)))
            .Where(pair => pair.distance <= allowed)
            .OrderBy(pair => pair.distance)
            .Select(pair => pair.candidate)
            .FirstOrDefault();
    }

    /// <summary>
    /// Insertions, deletions, replacements and exchanges of neighbours that turn one word into the other (optimal string alignment).
    /// </summary>
    internal static int Distance(string a, string b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                table[i, j] = i == 0 || j == 0 ? i + j : Step(i, j);
            }
        }

        return table[a.Length, b.Length];

        int Step(int i, int j)
        {
            var best = Math.Min(Math.Min(table[i - 1, j], table[i, j - 1]) + 1, table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            return i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] ? Math.Min(best, table[i - 2, j - 2] + 1) : best;
        }
    }
}
