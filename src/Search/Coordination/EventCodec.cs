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

    /// <summary>The event again. Throws <see cref="InvalidDataException"/> naming type and fault.</summary>
    public static SweepEvent Decode(string type, string payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            return EventReader.Read(type, document.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or FormatException
            or ArgumentException or IndexOutOfRangeException)
        {
            throw new InvalidDataException($"An event of type '{type}' cannot be read: {fault.Message}", fault);
        }
    }
}
