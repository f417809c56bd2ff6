using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace ApproxCluster.Trainer;

/// <content>
/// Checkpoints: "APXCKPT2", fingerprint of (configuration as far as it was used, shape, seed) 32 bytes, epochs done, position in the epoch, step, whether diverged, then parameters and optimizer
/// state as little-endian floats in the kernels' layout (the same for every width), and a SHA-256 over all of it.
/// </content>
public sealed unsafe partial class TrainingRun
{
    private const int Head = 8 + 32 + 4 + 4 + 8 + 1;

    private static ReadOnlySpan<byte> Magic => "APXCKPT2"u8;

    /// <summary>Weights, optimizer state, generator and position, with a checksum; taken at any batch boundary.</summary>
    public byte[] SaveCheckpoint()
    {
        var checkpoint = new byte[checked((int)Size)];
        WriteCheckpoint(checkpoint);
        return checkpoint;
    }

    /// <summary>The same into a buffer, which grows where it has to.</summary>
    internal ReadOnlyMemory<byte> SaveCheckpoint(ref byte[] buffer)
    {
        var size = checked((int)Size);
        if (buffer.Length < size)
        {
            buffer = GC.AllocateUninitializedArray<byte>(size);
        }

        WriteCheckpoint(buffer.AsSpan(0, size));
        return buffer.AsMemory(0, size);
    }

    internal static TrainingRun Resume(
        TrialConfiguration configuration, TargetData data, ulong seed, ReadOnlySpan<byte> checkpoint, KernelSet? kernels, BlockPool? pool = null)
    {
        var run = new TrainingRun(configuration, data, seed, kernels, pool, overwrites: true);
        try
        {
            run.Restore(checkpoint);
            return run;
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    private long Size => Head + ((long)network.Parameters.Length + network.State.Length) * sizeof(float) + 32;

    private void WriteCheckpoint(Span<byte> to)
    {
        Magic.CopyTo(to);
        Fingerprint(EpochsDone, position).CopyTo(to[8..]);
        var rest = to[40..];
        BinaryPrimitives.WriteInt32LittleEndian(rest, EpochsDone);
        BinaryPrimitives.WriteInt32LittleEndian(rest[4..], position);
        BinaryPrimitives.WriteInt64LittleEndian(rest[8..], step);
        rest[16] = Diverged ? (byte)1 : (byte)0;
        var parameters = MemoryMarshal.AsBytes(network.Parameters);
        parameters.CopyTo(to[Head..]);
        MemoryMarshal.AsBytes(network.State).CopyTo(to[(Head + parameters.Length)..]);
        SHA256.HashData(to[..^32], to[^32..]);
    }

    private void Restore(ReadOnlySpan<byte> checkpoint)
    {
        if (checkpoint.Length != Size || !checkpoint[..8].SequenceEqual(Magic))
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"Checkpoint is {checkpoint.Length} bytes, but must be {Size} bytes of this trial. Train from an earlier one or from the start."));
        }

        if (!SHA256.HashData(checkpoint[..^32]).AsSpan().SequenceEqual(checkpoint[^32..]))
        {
            throw new InvalidDataException("Checkpoint's checksum is wrong: it is torn. Train from an earlier one or from the start.");
        }

        var rest = checkpoint[40..];
        var (epochs, samples) = (BinaryPrimitives.ReadInt32LittleEndian(rest), BinaryPrimitives.ReadInt32LittleEndian(rest[4..]));
        if (!checkpoint.Slice(8, 32).SequenceEqual(Fingerprint(epochs, samples)))
        {
            throw new InvalidDataException("Checkpoint is of another trial (configuration, target or seed). Train from the start.");
        }

        EpochsDone = epochs;
        BeginEpoch();
        position = samples;
        step = BinaryPrimitives.ReadInt64LittleEndian(rest[8..]);
        Diverged = rest[16] != 0;
        var parameters = MemoryMarshal.AsBytes(network.Parameters);
        var floats = checkpoint[Head..^32];
        floats[..parameters.Length].CopyTo(parameters);
        floats[parameters.Length..].CopyTo(MemoryMarshal.AsBytes(network.State));
    }

    // Of what has been trained: a trial whose stretches agree so far, whatever they do later, can go on from it.
    private byte[] Fingerprint(int epochsDone, int positionInEpoch)
    {
        var c = configuration;
        var trained = Math.Max(1, positionInEpoch > 0 ? epochsDone + 1 : epochsDone);
        var last = c.StretchOf(trained);
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{c.Encoding}|{string.Join(',', c.HiddenWidths)}|{c.Activation}|{c.Loss}|{last.Optimizer}|{last.Schedule}|{last.BatchSize}|{c.Epochs}|{data.Shape}|{seed}");
        foreach (var stretch in c.Earlier.TakeWhile(stretch => stretch.ToEpoch < trained))
        {
            text += FormattableString.Invariant($"|{stretch}");
        }

        return SHA256.HashData(Encoding.UTF8.GetBytes(text));
    }
}
