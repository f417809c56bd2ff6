namespace ApproxCluster.Trainer;

/// <summary>Did-you-mean: the known word nearest to a misspelt one.</summary>
internal static class Suggestion
{
    /// <summary>A sentence such as <c> Did you mean noise?</c>, or nothing when no word is within a third of its length and shares a letter with it.</summary>
    public static string For(string given, IEnumerable<string> known)
    {
        var best = known.Select(word => (word, distance: Distance(given, word))).DefaultIfEmpty().MinBy(pair => pair.distance);
        return best.word is not null && best.distance <= Math.Max(1, best.word.Length / 3) && best.distance < Math.Min(given.Length, best.word.Length) ? $" Did you mean {best.word}?" : "";
    }

    /// <summary>Levenshtein distance: insertions, deletions and replacements, each 1.</summary>
    internal static int Distance(string a, string b)
    {
        if (a.Length > 100)
        {
            return a.Length;
        }

        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
