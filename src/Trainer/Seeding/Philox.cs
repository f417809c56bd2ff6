namespace ApproxCluster.Trainer;

/// <summary>
/// Philox4x32-10, a counter-based generator (Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011,
/// section 3.3): the n-th block of 4 words is a pure function of (key, stream, n). Checked against the authors' known-answer vectors.
/// </summary>
public partial struct Philox
{
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;

    private readonly uint key0;
    private readonly uint key1;
    private readonly ulong stream;
    private ulong position;
    private uint word0;
    private uint word1;
    private uint word2;
    private uint word3;

    /// <summary>Starts at the beginning of a stream.</summary>
    /// <param name="seed">The key.</param>
    /// <param name="stream">Independent sequences under one key have different streams.</param>
    public Philox(ulong seed, ulong stream = 0)
    {
        key0 = (uint)seed;
        key1 = (uint)(seed >> 32);
        this.stream = stream;
    }

    /// <summary>Words drawn so far; setting it moves to any place in constant time.</summary>
    public ulong Position
    {
        readonly get => position;
        set
        {
            position = value;
            if ((value & 3) != 0)
            {
                Fill(value >> 2);
            }
        }
    }

    /// <summary>The block of 4 words for a 128-bit counter and a 64-bit key.</summary>
    public static (uint W0, uint W1, uint W2, uint W3) Block(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1)
    {
        for (var round = 0; round < 10; round++)
        {
            var product0 = (ulong)Multiplier0 * c0;
            var product1 = (ulong)Multiplier1 * c2;
            (c0, c1, c2, c3) = ((uint)(product1 >> 32) ^ c1 ^ k0, (uint)product1, (uint)(product0 >> 32) ^ c3 ^ k1, (uint)product0);
            k0 += Weyl0;
            k1 += Weyl1;
        }

        return (c0, c1, c2, c3);
    }

    /// <summary>The next 32 uniform bits.</summary>
    public uint NextUInt32()
    {
        var lane = (int)(position & 3);
        if (lane == 0)
        {
            Fill(position >> 2);
        }

        position++;
        return lane switch { 0 => word0, 1 => word1, 2 => word2, _ => word3 };
    }

    /// <summary>The next 64 uniform bits: two words, low word first.</summary>
    public ulong NextUInt64()
    {
        var low = NextUInt32();
        return low | ((ulong)NextUInt32() << 32);
    }

    /// <summary>Uniform in [0, 1), a multiple of 2^-53.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [0, 1), a multiple of 2^-24.</summary>
    public float NextSingle() => (NextUInt32() >> 8) * (1.0f / (1u << 24));

    /// <summary>Uniform in 0..<paramref name="exclusiveMaximum"/>-1 without bias (Lemire 2019, rejection).</summary>
    public uint NextBelow(uint exclusiveMaximum)
    {
        ArgumentOutOfRangeException.ThrowIfZero(exclusiveMaximum);
        var product = (ulong)NextUInt32() * exclusiveMaximum;
        if ((uint)product < exclusiveMaximum)
        {
            var threshold = (0u - exclusiveMaximum) % exclusiveMaximum;
            while ((uint)product < threshold)
            {
                product = (ulong)NextUInt32() * exclusiveMaximum;
            }
        }

        return (uint)(product >> 32);
    }

    private void Fill(ulong block) =>
        (word0, word1, word2, word3) = Block((uint)block, (uint)(block >> 32), (uint)stream, (uint)(stream >> 32), key0, key1);
}
