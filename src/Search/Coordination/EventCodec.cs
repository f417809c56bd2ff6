using System.Buffers;
using System.Text;
using System.Text.Json;

namespace ApproxCluster.Search;

/// <summary>
/// Events as (type, JSON): keys in fixed order beginning with <c>type</c>, reals in shortest round-trip form, NaN and infinities as words, seeds as strings.
/// An epoch is an array: [epoch, training loss, validation loss, training metric, validation metric, learning rate]. Unknown keys and further array
/// entries are skipped when read. Old types stay readable for ever, and an event that is read and written again gives the same bytes.
/// </summary>
public static class EventCodec
{
    /// <summary>The event's type word (snake_case) and its JSON, one line.</summary>
    public static (string Type, string Payload) Encode(SweepEvent sweepEvent)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        EventWriter.Write(sweepEvent, buffer);
        return (EventWriter.TypeOf(sweepEvent), Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    /// <summary>Writes the event's JSON.</summary>
    public static void Write(SweepEvent sweepEvent, IBufferWriter<byte> output) => EventWriter.Write(sweepEvent, output);

    /// <summary>The event of a JSON text, which names its type itself. Throws as the other form does.</summary>
    public static SweepEvent Decode(ReadOnlyMemory<byte> json) => Decode(null, () => JsonDocument.Parse(json));

    /// <summary>The event again. Throws <see cref="InvalidDataException"/> naming type and fault.</summary>
    public static SweepEvent Decode(string type, string payload) => Decode(type, () => JsonDocument.Parse(payload));

    private static SweepEvent Decode(string? type, Func<JsonDocument> parse)
    {
        try
        {
            using var document = parse();
            return EventReader.Read(type ??= document.RootElement.GetProperty("type").GetString()!, document.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or FormatException
            or ArgumentException or IndexOutOfRangeException)
        {
            throw new InvalidDataException($"An event of type '{type}' cannot be read: {fault.Message}", fault);
        }
    }
}
