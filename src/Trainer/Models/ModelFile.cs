using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ApproxCluster.Trainer;

/// <summary>
/// Model files: "APXMODEL", version and length of the header (both 32-bit, little-endian like all that follows, as every machine that can train is), the header (<see cref="ModelHeader"/>, UTF-8), then floats:
/// input center, input scale, and of each layer the weights [inputs x outputs] and the biases; last a SHA-256 over all before it.
/// </summary>
internal static class ModelFile
{
    /// <summary>Version that this code writes, and the newest that it reads.</summary>
    public const int Version = 1;

    private const int Prefix = 16;
    private const int HeaderLimit = 1 << 26;

    private static ReadOnlySpan<byte> Magic => "APXMODEL"u8;

    public static void Write(Model model, Stream stream)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var header = Encoding.UTF8.GetBytes(ModelHeader.Write(model.Definition));
        var prefix = new byte[Prefix];
        Magic.CopyTo(prefix);
        BinaryPrimitives.WriteInt32LittleEndian(prefix.AsSpan(8), Version);
        BinaryPrimitives.WriteInt32LittleEndian(prefix.AsSpan(12), header.Length);
        Put(prefix);
        Put(header);
        foreach (var floats in Blocks(model.Scaler, model.Layers))
        {
            Put(MemoryMarshal.AsBytes(floats.Span));
        }

        stream.Write(hash.GetHashAndReset());

        void Put(ReadOnlySpan<byte> bytes)
        {
            hash.AppendData(bytes);
            stream.Write(bytes);
        }
    }

    public static Model Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            return Read(stream);
        }
        catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException or JsonException or ArgumentException
            or InvalidOperationException or FormatException)
        {
            var why = fault is InvalidDataException ? fault.Message
                : fault is EndOfStreamException ? "It ends early: it is torn. Copy or save it again."
                : "Its header cannot be understood. Save it again.";
            throw new InvalidDataException($"{name} cannot be read as a model. {why}", fault);
        }
    }

    private static Model Read(Stream stream)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var prefix = Take(Prefix);
        if (!prefix.AsSpan(0, 8).SequenceEqual(Magic))
        {
            throw new InvalidDataException("It does not begin with APXMODEL, so it is another kind of file. Name a file that Model.Save wrote.");
        }

        var version = BinaryPrimitives.ReadInt32LittleEndian(prefix.AsSpan(8));
        if (version is < 1 or > Version)
        {
            throw new InvalidDataException(FormattableString.Invariant($"Its version is {version}, but must be 1 to {Version}. Update ApproxCluster.Trainer."));
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(prefix.AsSpan(12));
        if (length is < 2 or > HeaderLimit)
        {
            throw new InvalidDataException(FormattableString.Invariant($"Its header's length is {length}, but must be 2 to {HeaderLimit}. Copy or save it again."));
        }

        // Limits are checked before memory is taken, as the checksum comes last.
        var definition = Checked(ModelHeader.Read(Take(length)));
        var scaler = new Scaler(Floats(definition.Inputs), Floats(definition.Inputs));
        var layers = TrialCost.Layers(definition.Configuration, definition.Shape)
            .Select(layer => new ModelLayer((int)layer.Inputs, (int)layer.Outputs, Floats(layer.Inputs * layer.Outputs), Floats(layer.Outputs)))
            .ToArray();
        var expected = hash.GetHashAndReset();
        if (!Take(expected.Length).AsSpan().SequenceEqual(expected) || stream.ReadByte() >= 0)
        {
            throw new InvalidDataException("Its checksum is wrong: it is torn or changed. Copy or save it again.");
        }

        return new Model(definition, scaler, layers);

        byte[] Take(int count)
        {
            Expect(count);
            var bytes = new byte[count];
            stream.ReadExactly(bytes);
            hash.AppendData(bytes);
            return bytes;
        }

        float[] Floats(long count)
        {
            Expect(count * sizeof(float));
            var floats = new float[count];
            var bytes = MemoryMarshal.AsBytes(floats.AsSpan());
            stream.ReadExactly(bytes);
            hash.AppendData(bytes);
            return floats;
        }

        // A torn file of a large model must not take the memory of a whole one.
        void Expect(long bytes)
        {
            if (stream.CanSeek && stream.Length - stream.Position < bytes)
            {
                throw new EndOfStreamException();
            }
        }
    }

    private static ModelDefinition Checked(ModelDefinition definition)
    {
        try
        {
            definition.Check();
            return definition;
        }
        catch (ArgumentException fault)
        {
            throw new InvalidDataException(fault.Message, fault);
        }
    }

    private static IEnumerable<ReadOnlyMemory<float>> Blocks(Scaler scaler, IReadOnlyList<ModelLayer> layers) =>
        [scaler.Center, scaler.Scale, .. layers.SelectMany(layer => new[] { layer.Weights, layer.Biases })];
}
