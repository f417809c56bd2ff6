using System.Text;
using System.Text.Json;
using ApproxCluster.Search;

namespace ApproxCluster.Storage;

/// <summary>A trial's parameters as its row keeps them: their names, which many trials share and which are a word of the journal, apart from what they are set to.</summary>
/// <param name="Keys">The names, as a JSON array.</param>
/// <param name="Settings">The values in their order, as a JSON array.</param>
internal readonly record struct TrialPoint(string Keys, string Settings)
{
    /// <summary>Both, as a JSON object.</summary>
    public string Json
    {
        get
        {
            using var keys = JsonDocument.Parse(Keys);
            using var settings = JsonDocument.Parse(Settings);
            return Write(json =>
            {
                json.WriteStartObject();
                foreach (var (key, value) in keys.RootElement.EnumerateArray().Zip(settings.RootElement.EnumerateArray()))
                {
                    json.WritePropertyName(key.GetString()!);
                    json.WriteRawValue(value.GetRawText(), skipInputValidation: true);
                }

                json.WriteEndObject();
            });
        }
    }

    /// <summary>Takes parameters apart.</summary>
    public static TrialPoint Of(Assignment parameters) => new(
        Write(json =>
        {
            json.WriteStartArray();
            foreach (var (path, _) in parameters)
            {
                json.WriteStringValue(path);
            }

            json.WriteEndArray();
        }),
        Write(json =>
        {
            json.WriteStartArray();
            foreach (var (_, value) in parameters)
            {
                Write(json, value);
            }

            json.WriteEndArray();
        }));

    private static void Write(Utf8JsonWriter json, ParameterValue value)
    {
        switch (value.Kind)
        {
            case ParameterValueKind.Whole:
                json.WriteNumberValue(value.Whole);
                break;
            case ParameterValueKind.Real:
                json.WriteNumberValue(value.Number);
                break;
            default:
                json.WriteStringValue(value.Word);
                break;
        }
    }

    private static string Write(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }
}
