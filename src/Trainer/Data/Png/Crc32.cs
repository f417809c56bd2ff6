namespace ApproxCluster.Trainer;

/// <summary>The CRC-32 of PNG chunks (PNG specification, annex D): polynomial 0xEDB88320 reflected, start and end inverted.</summary>
internal static class Crc32
{
    private static readonly uint[] Table = MakeTable();

    /// <summary>The checksum of bytes; <c>123456789</c> in ASCII gives 0xCBF43926.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc = Table[(crc ^ value) & 0xFF] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var n = 0u; n < 256; n++)
        {
            var remainder = n;
            for (var bit = 0; bit < 8; bit++)
            {
                remainder = (remainder & 1) != 0 ? 0xEDB88320 ^ (remainder >> 1) : remainder >> 1;
            }

            table[n] = remainder;
        }

        return table;
    }
}
