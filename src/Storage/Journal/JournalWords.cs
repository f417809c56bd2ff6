namespace ApproxCluster.Storage;

/// <summary>The words of a sweep's journal, which its blocks name by their numbers: strings that come again, and the keys of objects. Never changed; see <see cref="NewWords"/>.</summary>
internal sealed class JournalWords
{
    private readonly List<string> texts;
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup;

    public JournalWords(IEnumerable<string> texts)
    {
        this.texts = [.. texts];
        for (var number = 0; number < this.texts.Count; number++)
        {
            numbers.TryAdd(this.texts[number], number);
        }

        lookup = numbers.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public int Count => texts.Count;

    public string this[int number] => number < texts.Count
        ? texts[number]
        : throw new InvalidDataException(FormattableString.Invariant($"Word {number} is missing: there are {texts.Count}."));

    public bool TryFind(ReadOnlySpan<char> text, out int number) => lookup.TryGetValue(text, out number);

    public JournalWords With(IReadOnlyList<string> more) => more.Count == 0 ? this : new JournalWords(texts.Concat(more));
}

/// <summary>The words of a journal and those that an append adds to them.</summary>
internal sealed class NewWords(JournalWords known)
{
    // Bounds what a store holds in memory for a sweep; whatever comes later is written out in full.
    private const int MostWords = 600;
    private const int MostWordsAndShapes = 1200;
    private const int LongestWord = 32;
    private const int LongestShape = 4000;

    private readonly List<string> added = [];

    /// <summary>What is new, numbered on from the known ones.</summary>
    public IReadOnlyList<string> Added => added;

    /// <summary>Number of the first new one.</summary>
    public int FirstNumber => known.Count;

    /// <summary>All of them.</summary>
    public JournalWords All => known.With(added);

    /// <summary>Whether a string is a word, which it becomes if there is room.</summary>
    public bool TryWord(ReadOnlySpan<char> text, out int number) => TryNumber(text, LongestWord, MostWords, out number);

    /// <summary>The same of the keys of an object.</summary>
    public bool TryShape(ReadOnlySpan<char> keys, out int number) => TryNumber(keys, LongestShape, MostWordsAndShapes, out number);

    private bool TryNumber(ReadOnlySpan<char> text, int longest, int most, out int number)
    {
        if (known.TryFind(text, out number))
        {
            return true;
        }

        for (var index = 0; index < added.Count; index++)
        {
            if (text.SequenceEqual(added[index]))
            {
                number = known.Count + index;
                return true;
            }
        }

        if (text.Length > longest || known.Count + added.Count >= most)
        {
            return false;
        }

        number = known.Count + added.Count;
        added.Add(text.ToString());
        return true;
    }
}
