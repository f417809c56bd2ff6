namespace ApproxCluster.Storage;

/// <summary>
/// First bytes of values in a packed block, version 1; see <see cref="JournalBlock"/>. What they mean is in stored journals for ever. Lengths, counts and whole numbers are varints: seven bits a byte, the lowest first, the
/// top bit set where more follow; signed ones alternate (0, -1, 1, -2 ...).
/// </summary>
internal static class PackedToken
{
    /// <summary>Up to here a byte is the whole number itself.</summary>
    public const byte LastSmall = 0x7F;

    public const byte Null = 0x80;
    public const byte False = 0x81;
    public const byte True = 0x82;

    /// <summary>A whole number: a varint of what it is beyond 128.</summary>
    public const byte Whole = 0x83;

    /// <summary>A negative whole number n: a varint of -(n + 1).</summary>
    public const byte Negative = 0x84;

    /// <summary>A real: its 8 bytes, the lowest first; its text is the shortest that reads back to the same bits.</summary>
    public const byte Real = 0x85;

    /// <summary>A real: a signed varint m and a signed byte e, of m * 10^e.</summary>
    public const byte Decimal = 0x86;

    /// <summary>A real without a fraction, written with ".0": a signed varint.</summary>
    public const byte WholeReal = 0x87;

    /// <summary>Any other number: its length and its text.</summary>
    public const byte NumberText = 0x88;

    /// <summary>A string of the digits of a number of 64 bits: its 8 bytes, the lowest first.</summary>
    public const byte Digits = 0x89;

    /// <summary>A string: its length and its UTF-8 as JSON escapes it.</summary>
    public const byte Text = 0x8A;

    /// <summary>A string: the number of its word.</summary>
    public const byte Word = 0x8B;

    /// <summary>An array: a count, and the items.</summary>
    public const byte List = 0x8C;

    /// <summary>An object: a count, and keys (as strings) with values.</summary>
    public const byte Object = 0x8D;

    /// <summary>An object: the number of the word that is the JSON array of its keys, and the values.</summary>
    public const byte Shape = 0x8E;

    /// <summary>Before an event that does not count in the digest.</summary>
    public const byte Operational = 0x8F;

    /// <summary>The first of <see cref="ShortLists"/> bytes for arrays of 0 items and up.</summary>
    public const byte ShortList = 0x90;

    /// <summary>The first of <see cref="ShortWords"/> bytes for strings that are words 0 and up.</summary>
    public const byte ShortWord = 0xA0;

    /// <summary>The first of <see cref="ShortWords"/> bytes for objects whose keys are words 0 and up.</summary>
    public const byte ShortShape = 0xD0;

    public const int ShortLists = 16;
    public const int ShortWords = 48;
}
