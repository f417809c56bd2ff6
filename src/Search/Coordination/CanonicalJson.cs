using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ApproxCluster.Search;

/// <summary>
/// Writes JSON whose bytes are a function of the values alone, whatever the version of the runtime's escaping tables: keys in the order of the calls, no white space,
/// strings as UTF-8 with only <c>"</c>, <c>\</c> and controls escaped (a lone surrogate becomes U+FFFD), reals in the shortest form that reads back to
/// the same bits, NaN and infinities as the strings "NaN", "Infinity" and "-Infinity", 64-bit unsigned numbers (seeds) as decimal strings,
/// since many readers of JSON turn large numbers into doubles.
/// </summary>
internal sealed class CanonicalJson : IDisposable
{
    private static readonly JsonWriterOptions Options = new() { Indented = false, SkipValidation = true };

    private readonly Utf8JsonWriter writer;

    public CanonicalJson(IBufferWriter<byte> output)
    {
        writer = new Utf8JsonWriter(output, Options);
        writer.WriteStartObject();
    }

    public void Dispose()
    {
        writer.WriteEndObject();
        writer.Dispose();
    }

    public void Open(string key) => writer.WriteStartObject(key);

    public void OpenItem() => writer.WriteStartObject();

    public void Close() => writer.WriteEndObject();

    public void OpenList(string key) => writer.WriteStartArray(key);

    public void OpenList() => writer.WriteStartArray();

    public void CloseList() => writer.WriteEndArray();

    public void Write(string key, long value) => writer.WriteNumber(key, value);

    public void Write(string key, bool value) => writer.WriteBoolean(key, value);

    public void Write(string key, ulong value) => Write(key, value.ToString(CultureInfo.InvariantCulture));

    public void Write(string key, double value)
    {
        writer.WritePropertyName(key);
        Write(value);
    }

    public void Write(string key, string? value)
    {
        writer.WritePropertyName(key);
        if (value is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            writer.WriteRawValue(Quote(value), skipInputValidation: true);
        }
    }

    /// <summary>Writes a value that is JSON already.</summary>
    public void WriteRaw(string key, string json)
    {
        writer.WritePropertyName(key);
        writer.WriteRawValue(json, skipInputValidation: true);
    }

    public void Write(string key, ParameterValue value)
    {
        writer.WritePropertyName(key);
        Write(value);
    }

    public void Write(ParameterValue value) => writer.WriteRawValue(TextOf(value), skipInputValidation: true);

    /// <summary>The JSON of a parameter's value.</summary>
    public static string TextOf(ParameterValue value) => value.Kind switch
    {
        ParameterValueKind.Whole => value.ToString(),
        ParameterValueKind.Real => Real(value.Number),
        _ => Quote(value.Word),
    };

    public void Write(long value) => writer.WriteNumberValue(value);

    public void Write(double value)
    {
        if (double.IsFinite(value))
        {
            writer.WriteNumberValue(value);
        }
        else
        {
            writer.WriteStringValue(double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
        }
    }

    // A real parameter keeps a point or an exponent, so that 1.0 does not come back as the whole number 1.
    private static string Real(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentException($"A real parameter is {value.ToString(CultureInfo.InvariantCulture)}, but must be finite.");
        }

        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAny('.', 'E') < 0 ? text + ".0" : text;
    }

    private static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        for (var index = 0; index < text.Length; index++)
        {
            var letter = text[index];
            if (letter is '"' or '\\')
            {
                quoted.Append('\\').Append(letter);
            }
            else if (char.IsHighSurrogate(letter) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]))
            {
                quoted.Append(letter).Append(text[++index]);
            }
            else if (letter < ' ')
            {
                quoted.Append("\\u").Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                quoted.Append(char.IsSurrogate(letter) ? '\uFFFD' : letter);
            }
        }

        return quoted.Append('"').ToString();
    }
}
