using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace ApproxCluster.Trainer;

/// <content>
/// Checkpoints: "APXCKPT2", fingerprint of (configuration, shape, seed) 32 bytes, epochs done, position in the epoch, step, whether diverged, then parameters and optimizer
/// state as little-endian floats in the kernels' layout (the same for every width), and a SHA-256 over all of it.
/// </content>
public sealed unsafe partial class TrainingRun
{
    private static ReadOnlySpan<byte> Magic => "APXCKPT2"u8;

    /// <summary>Weights, optimizer state, generator and position, with a checksum; taken at any batch boundary.</summary>
    public byte[] SaveCheckpoint()
    {
        using var stream = new MemoryStream((int)Math.Min(Array.MaxLength, Size));
        using var writer = new BinaryWriter(stream);
        writer.Write(Magic);
        writer.Write(Fingerprint());
        writer.Write(EpochsDone);
        writer.Write(position);
        writer.Write(step);
        writer.Write(Diverged);
        writer.Write(MemoryMarshal.AsBytes(network.Parameters));
        writer.Write(MemoryMarshal.AsBytes(network.State));
        writer.Write(SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
        return stream.ToArray();
    }

    internal static TrainingRun Resume(
        TrialConfiguration configuration, TargetData data, ulong seed, ReadOnlySpan<byte> checkpoint, KernelSet? kernels)
    {
        var run = new TrainingRun(configuration, data, seed, kernels);
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

    private long Size => 8 + 32 + 4 + 4 + 8 + 1 + ((long)network.Parameters.Length + network.State.Length) * sizeof(float) + 32;

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

        if (!checkpoint.Slice(8, 32).SequenceEqual(Fingerprint()))
        {
            throw new InvalidDataException("Checkpoint is of another trial (configuration, target or seed). Train from the start.");
        }

        var rest = checkpoint[40..^32];
        EpochsDone = BitConverter.ToInt32(rest);
        BeginEpoch();
        position = BitConverter.ToInt32(rest[4..]);
        step = BitConverter.ToInt64(rest[8..]);
        Diverged = rest[16] != 0;
        var floats = MemoryMarshal.Cast<byte, float>(rest[17..].ToArray());
        floats[..network.Parameters.Length].CopyTo(network.Parameters);
        floats[network.Parameters.Length..].CopyTo(network.State);
    }

    private byte[] Fingerprint()
    {
        var c = configuration;
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{c.Encoding}|{string.Join(',', c.HiddenWidths)}|{c.Activation}|{c.Loss}|{c.Optimizer}|{c.Schedule}|{c.BatchSize}|{c.Epochs}|{data.Shape}|{seed}");
        return SHA256.HashData(Encoding.UTF8.GetBytes(text));
    }
}
